import ConfigLanguages
import Diagnostics
import YAMLSyntax

/// Compose files of one project, merged in the order in which they were given.
struct ComposeProject {
    let files: [(file: DeployedFile, root: YAMLNode)]
    /// Where relative paths of env files begin: the folder of the first file.
    var folder: String { files.first?.file.folder ?? "" }
    /// What `.env` of the project answers, with its places.
    let answers: [String: EnvReading.Entry]
    let answersFile: DeployedFile?

    init(_ files: [(file: DeployedFile, root: YAMLNode)], answersFile: DeployedFile?) {
        self.files = files
        self.answersFile = answersFile
        let entries = answersFile?.reading(.compose).entries ?? []
        answers = Dictionary(entries.filter { $0.value != nil }.map { ($0.name, $0) }) { _, last in last }
    }

    var environment: [String: String] { answers.compactMapValues(\.value) }

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
        let questions: [ObservedDeployment.Question]
        let refusal: String?
    }

    func fillIn(_ text: String, at span: Span) -> Filled {
        guard text.utf8.contains(UInt8(ascii: "$")) else {
            return Filled(value: .text(text), isLiteral: true, trail: [], questions: [], refusal: nil)
        }
        var interpolation = ComposeInterpolation(environment: environment, assigned: [:])
        let filled = String(decoding: interpolation.fillIn(Array(text.utf8)), as: UTF8.self)
        let open = interpolation.problems.compactMap(\.variable)
        let questions = interpolation.asked.map { name in
            ObservedDeployment.Question(
                name: name, span: span, hasDefault: !open.contains(name) && answers[name] == nil,
                source: answersFile?.id, isAnswered: answers[name] != nil)
        }
        let trail = interpolation.asked.compactMap { name in
            answers[name].map { Label($0.nameSpan, "\(EnvName.shown(name)) is filled in from here") }
        }
        let unreadable = interpolation.problems.first { $0.variable == nil }?.message
        let value: ObservedValue =
            open.first.map { .unknown("\(EnvName.shown($0)) is filled in, and no file that was given sets it") }
            ?? (unreadable == nil ? .text(filled) : .unknown("it cannot be filled in"))
        return Filled(
            value: value, isLiteral: interpolation.asked.isEmpty, trail: trail, questions: questions,
            refusal: unreadable)
    }
}
