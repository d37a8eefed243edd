import Diagnostics
import JSONSyntax

extension ChangeReport {
    /// For programs; further members may come, these stay.
    package var json: [UInt8] {
        let document: JSON = [
            "formatVersion": 1,
            "tool": ["name": .string(Product.name), "version": .string(Product.version)],
            "spec": .string(spec), "against": .string(against), "changes": .bool(!isEmpty),
            "oldPlanKnown": .bool(silence == nil),
            "consequences": .array(consequences.map(json)),
            "clients": .array(
                clients.map { client in
                    [
                        "name": .string(client.name), "outcome": .string(client.outcome.word),
                        "facts": .array(client.facts.map { .string($0) }),
                    ]
                }),
            "steps": .array(steps.map { ["kind": .string($0.word), "text": .string($0.text)] }),
            "outputs": .array(artifacts.map(json)),
        ]
        return document.encoded(.pretty, finalNewline: true)
    }

    private func json(_ consequence: Consequence) -> JSON {
        [
            "fact": .string(consequence.fact), "weight": .string(consequence.weight.rawValue),
            "change": .string(consequence.change), "effect": .string(consequence.effect),
            "at": .array(consequence.origins.map { .string(place($0)) }),
        ]
    }

    private func json(_ artifact: ArtifactChange) -> JSON {
        var members = [JSONMember("path", .string(artifact.path)), JSONMember("change", .string(artifact.word))]
        switch artifact.kind {
        case .added(let lines): members.append(JSONMember("addedLines", .int(lines)))
        case .removed(let lines?): members.append(JSONMember("removedLines", .int(lines)))
        case .changed(let lines?):
            members.append(JSONMember("addedLines", .int(lines.added)))
            members.append(JSONMember("removedLines", .int(lines.removed)))
        case .changed, .removed, .mode: break
        }
        if artifact.isEdited { members.append(JSONMember("edited", true)) }
        return .object(members)
    }
}
