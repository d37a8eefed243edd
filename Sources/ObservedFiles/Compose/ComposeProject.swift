import ConfigLanguages
import Diagnostics
import YAMLSyntax

/// Compose files of one project, merged in the order in which they were given.
struct ComposeProject {
    let files: [(file: DeployedFile, root: YAMLNode)]
    /// Where relative paths of env files begin: the folder of the first file.
    var folder: String { files.first?.file.folder ?? "" }
    /// What `.env` of the project sets, with its places.
    let projectVariables: [String: EnvReading.Entry]
    let projectEnvFile: DeployedFile?

    init(_ files: [(file: DeployedFile, root: YAMLNode)], projectEnvFile: DeployedFile?) {
        self.files = files
        self.projectEnvFile = projectEnvFile
        let entries = projectEnvFile?.reading(.compose).entries ?? []
        projectVariables = Dictionary(entries.filter { $0.value != nil }.map { ($0.name, $0) }) { _, last in last }
    }

    var environment: [String: String] { projectVariables.compactMapValues(\.value) }

    /// Names of services in the order of the files.
    var services: [String] {
        var names: [String] = []
        for (_, root) in files {
            for entry in root.value(forKey: "services")?.entries ?? [] where !names.contains(entry.key) {
                names.append(entry.key)
            }
        }
        return names
    }

    /// A text with its variables filled in.
    struct Filled {
        let value: ObservedValue
        let isLiteral: Bool
        let trail: [Label]
        let variableReferences: [ObservedDeployment.VariableReference]
        let refusal: String?
    }

    func fillIn(_ text: String, at span: Span) -> Filled {
        guard text.utf8.contains(UInt8(ascii: "$")) else {
            return Filled(value: .text(text), isLiteral: true, trail: [], variableReferences: [], refusal: nil)
        }
        var interpolation = ComposeInterpolation(environment: environment, assigned: [:])
        let filled = String(decoding: interpolation.fillIn(Array(text.utf8)), as: UTF8.self)
        let open = interpolation.problems.compactMap(\.variable)
        let variableReferences = interpolation.referenced.map { name in
            ObservedDeployment.VariableReference(
                name: name, span: span, hasDefault: !open.contains(name) && projectVariables[name] == nil,
                source: projectEnvFile?.id, isSet: projectVariables[name] != nil)
        }
        let trail = interpolation.referenced.compactMap { name in
            projectVariables[name].map { Label($0.nameSpan, "\(EnvName.shown(name)) is filled in from here") }
        }
        let unreadable = interpolation.problems.first { $0.variable == nil }?.message
        let value: ObservedValue =
            open.first.map { .unknown("\(EnvName.shown($0)) is filled in, and no file that was given sets it") }
            ?? (unreadable == nil ? .text(filled) : .unknown("it cannot be filled in"))
        return Filled(
            value: value, isLiteral: interpolation.referenced.isEmpty, trail: trail,
            variableReferences: variableReferences,
            refusal: unreadable)
    }
}
