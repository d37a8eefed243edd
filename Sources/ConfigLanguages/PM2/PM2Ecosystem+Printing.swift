import JSONSyntax

/// A printed ecosystem file.
package struct PrintedPM2Ecosystem: Sendable {
    package let bytes: [UInt8]
    /// The 1-based lines of the tagged settings and variables.
    package let lines: [(tag: Int, lines: ClosedRange<Int>)]
}

extension PM2Ecosystem {
    /// Variables that no process can have: a name with `=`, or a NUL byte.
    package struct Refusal: Error, Sendable {
        /// By tag, where there is one.
        package let variables: [(tag: Int?, reason: Unrepresentable)]
    }

    package func printed() throws(Refusal) -> PrintedPM2Ecosystem {
        var refused: [(tag: Int?, reason: Unrepresentable)] = []
        for variable in apps.flatMap(\.env) {
            if let reason = Self.obstacle(in: variable) { refused.append((variable.tag, reason)) }
        }
        guard refused.isEmpty else { throw Refusal(variables: refused) }
        var members = banner.isEmpty ? [] : [JSONMember("_generated", .array(banner.map { .string($0) }))]
        members.append(JSONMember("apps", .array(apps.map(\.json))))
        let printed = JSON.object(members).printed()
        return PrintedPM2Ecosystem(
            bytes: printed.bytes, lines: printed.taggedLines.map { (tag: $0.tag, lines: $0.lines) })
    }

    private static func obstacle(in variable: Variable) -> Unrepresentable? {
        if !EnvName.isValid(variable.name.utf8) {
            return Unrepresentable(language: "PM2", reason: "the name (it must match [A-Za-z_][A-Za-z0-9_]*)")
        }
        return carries(variable.value) ? nil : Unrepresentable(language: "PM2", reason: "a NUL byte (U+0000)")
    }

    /// True for a value that the variable of a process can have.
    static func carries(_ value: String) -> Bool { !value.utf8.contains(0) }
}

extension PM2Ecosystem.App {
    fileprivate var json: JSON {
        .object(
            settings.map { JSONMember($0.name, .string($0.value, tag: tag)) }
                + [JSONMember("env", .object(env.map { JSONMember($0.name, .string($0.value, tag: $0.tag)) }))])
    }
}

extension JSON {
    fileprivate static func string(_ text: String, tag: Int?) -> JSON {
        tag.map { .tagged($0, .string(text)) } ?? .string(text)
    }
}
