import ClientModel
import Diagnostics
import JSONSyntax

/// How far each client comes, for people and for programs.
struct DoctorReport {
    struct Visit {
        let client: ClientImplementation
        let journey: Journey

        /// False where it gives up, or leaves the way that the documents show.
        var isStraight: Bool { journey.failure == nil && journey.detours.isEmpty }
    }

    let url: String
    let visits: [Visit]
    /// True when somebody asks for certain clients: then each step is shown, of good ones too.
    let showsAll: Bool

    var isGood: Bool { visits.allSatisfy(\.isStraight) }

    // MARK: Text

    var text: String {
        let width = visits.map(\.client.name.count).max() ?? 0
        var lines = [url, ""]
        for visit in visits {
            let name = visit.client.name + String(repeating: " ", count: width - visit.client.name.count)
            lines.append("  \(name)  \(Self.verdict(visit.journey))")
        }
        for group in Self.alike(visits.filter { showsAll || !$0.isStraight }) { lines += [""] + Self.account(group) }
        // What a server sends must not steer a terminal.
        return lines.map { DisplayText.escaped($0) + "\n" }.joined()
    }

    /// Those that ask the same and come to the same end, in the order of the first of each.
    private static func alike(_ visits: [Visit]) -> [[Visit]] {
        var groups: [[Visit]] = []
        for visit in visits {
            if let index = groups.firstIndex(where: { $0[0].journey.isLike(visit.journey) }) {
                groups[index].append(visit)
            } else {
                groups.append([visit])
            }
        }
        return groups
    }

    private static func verdict(_ journey: Journey) -> String {
        let detour = journey.detours.isEmpty ? "" : ", by a detour"
        return switch journey.outcome {
        case .connected: "gets in\(detour)"
        case .stopped(let stage, _): "comes as far as the \(stage.rawValue)\(detour)"
        case .failed(let failure, let stage): "fails at the \(stage.rawValue): \(failure.found)"
        }
    }

    private static func account(_ group: [Visit]) -> [String] {
        var lines = group.map { title($0.client) }
        let journey = group[0].journey
        for (index, step) in journey.steps.enumerated() {
            lines.append("  \(index + 1). \(step.request)  \(step.answer)" + (step.remark.map { "  (\($0))" } ?? ""))
        }
        lines += journey.detours.map { "  detour    \($0)" }
        guard let (failure, _) = journey.failure else { return lines }
        let advice = JourneyAdvice(failure.kind)
        lines += ["  found     \(failure.found)", "  expected  \(failure.expected)"]
        for visit in group {
            if let words = visit.journey.failure?.failure.words {
                lines.append("  shown     \(words) (\(visit.client.name))")
            }
        }
        return lines + ["  cause     \(advice.cause)", "  fix       \(advice.fix) (\(advice.reference))"]
    }

    private static func title(_ client: ClientImplementation) -> String {
        let others = client.clients.filter { $0 != client.name }
        let shown = ([client.title] + others).joined(separator: ", ")
        return "\(client.name): \(shown) (\(client.asOf))"
    }

    // MARK: JSON

    /// The same for programs; further members may come, these stay.
    var json: [UInt8] {
        let clients = visits.map { visit -> JSON in
            var members = [
                JSONMember("name", .string(visit.client.name)), JSONMember("title", .string(visit.client.title)),
                JSONMember("asOf", .string(visit.client.asOf)), JSONMember("straight", .bool(visit.isStraight)),
                JSONMember("outcome", Self.outcome(visit.journey.outcome)),
            ]
            members.append(JSONMember("detours", .array(visit.journey.detours.map { .string($0) })))
            members.append(JSONMember("steps", .array(visit.journey.steps.map(Self.step))))
            return .object(members)
        }
        let report: JSON = ["formatVersion": 1, "url": .string(url), "clients": .array(clients)]
        return report.encoded(.pretty, finalNewline: true)
    }

    private static func outcome(_ outcome: Journey.Outcome) -> JSON {
        switch outcome {
        case .connected: return ["kind": "connected"]
        case .stopped(let stage, let why):
            return ["kind": "stopped", "before": .string(stage.rawValue), "why": .string(why)]
        case .failed(let failure, let stage):
            let advice = JourneyAdvice(failure.kind)
            var members = [
                JSONMember("kind", "failed"), JSONMember("stage", .string(stage.rawValue)),
                JSONMember("failure", .string(failure.kind.rawValue)), JSONMember("url", .string(failure.url)),
                JSONMember("found", .string(failure.found)), JSONMember("expected", .string(failure.expected)),
            ]
            if let words = failure.words { members.append(JSONMember("words", .string(words))) }
            members += [
                JSONMember("cause", .string(advice.cause)), JSONMember("fix", .string(advice.fix)),
                JSONMember("reference", .string(advice.reference)),
            ]
            return .object(members)
        }
    }

    private static func step(_ step: Journey.Step) -> JSON {
        var members = [
            JSONMember("stage", .string(step.stage.rawValue)), JSONMember("request", .string(step.request)),
            JSONMember("answer", .string(step.answer)),
        ]
        if let remark = step.remark { members.append(JSONMember("remark", .string(remark))) }
        return .object(members)
    }
}
