import OAuthModel
import WebSyntax

/// The reference page of the spec, made of the key table.
package enum SpecReference {
    package static var markdown: String {
        var text = head
        for table in SectionTable.all {
            text += "## \(table.path)\n\n\(table.summary)\n\n"
            text += "| key | value | when left out | meaning | example |\n|---|---|---|---|---|\n"
            for key in table.keys { text += row(key) }
            text += "\n"
        }
        text += "## Values\n\nEvery value is kept byte for byte; nothing is normalised.\n\n"
        text += "| value | grammar | examples |\n|---|---|---|\n"
        for scalar in ScalarKind.all {
            // As it stands in a spec: what begins with `*` or `[` is quoted there.
            let examples = scalar.examples.map { $0.utf8.first == .star ? "`\"\($0)\"`" : "`\($0)`" }
                .joined(separator: " ")
            text += "| \(scalar.name) | \(escaped(scalar.summary)) | \(escaped(examples)) |\n"
        }
        return text + catalogues
    }

    /// The names that `clients` and `preset` take; the data files say from where and when.
    private static var catalogues: String {
        var text = "\n## Client profiles\n\n| profile | client | gets in by | as of |\n|---|---|---|---|\n"
        for profile in ClientCatalogue.builtin.profiles {
            let registrationMethods = profile.registrationMethods.map { "`\($0.rawValue)`" }.joined(separator: " ")
            text += "| `\(profile.name)` | \(escaped(profile.title)) | \(registrationMethods) | \(profile.asOf) |\n"
        }
        text += "\n## Presets\n\n| preset | for | variables |\n|---|---|---|\n"
        for preset in PresetCatalogue.builtin.presets {
            let names = preset.variables.map { "`\($0.name)`" }.joined(separator: " ")
            text += "| `\(preset.name)` | \(escaped(preset.title)) | \(names) |\n"
        }
        return text
    }

    private static let head = """
        # The spec, version 1

        Every key there is. The page is generated from the table that reading, the JSON Schema
        (`connectorgen schema`) and the messages are made of; `make docs` rewrites it.

        Begin a spec with `# yaml-language-server: $schema=connector.schema.json`, and the editor completes
        and checks while you type.


        """

    private static func row(_ key: SpecKey) -> String {
        let absent =
            switch key.requirement {
            case .required: "**required**"
            case .optional(let text): text
            case .conditional(let text): text
            }
        return "| `\(key.name)` | \(escaped(kind(key.kind))) | \(escaped(absent)) | \(escaped(key.summary)) "
            + "| `\(escaped(key.example))` |\n"
    }

    private static func kind(_ kind: ValueKind) -> String {
        switch kind {
        case .text(let scalar): scalar.name
        case .choice(let names): names.map { "`\($0)`" }.joined(separator: " ")
        case .boolean: "`true` `false`"
        case .constant(let number): "`\(number)`"
        case .list(let item): "list of \(self.kind(item))"
        case .section(let table): "[\(table.path)](#\(anchor(table)))"
        case .map(let keys, let values): "map of \(keys.name) to \(self.kind(values))"
        case .either(let kinds): kinds.map { self.kind($0) }.joined(separator: " or ")
        case .overlay: "a part of a spec"
        }
    }

    /// As GitHub and its like make anchors of headings.
    private static func anchor(_ table: SectionTable) -> String {
        String(decoding: table.path.asciiLowercased.utf8.filter { $0.isUnreserved && $0 != .dot }, as: UTF8.self)
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}

extension SectionTable {
    /// Every section, each once, in the order in which the keys name them.
    package static let all: [SectionTable] = {
        var found: [SectionTable] = []
        func visit(_ table: SectionTable) {
            guard !found.contains(where: { $0.path == table.path }) else { return }
            found.append(table)
            for key in table.keys { visit(key.kind) }
        }
        func visit(_ kind: ValueKind) {
            switch kind {
            case .section(let table): visit(table)
            case .list(let kind), .map(_, let kind): visit(kind)
            case .either(let kinds): kinds.forEach(visit)
            case .text, .choice, .boolean, .constant, .overlay: break
            }
        }
        visit(.spec)
        return found
    }()
}
