import Diagnostics

extension ChangeReport {
    /// For a terminal.
    package var text: String {
        var lines = ["\(spec) against \(against)"]
        if isEmpty {
            lines.append(
                restamped == 0
                    ? "nothing changes"
                    : "nothing changes but what \(counted(restamped, "output")) \(restamped == 1 ? "says" : "say") of the spec: its digest and line numbers"
            )
        }
        for weight in Consequence.Weight.allCases {
            let found = consequences.filter { $0.weight == weight }
            if !found.isEmpty { lines += ["", weight.heading] }
            for consequence in found {
                lines.append("  \(consequence.fact): \(consequence.change)")
                let places = consequence.origins.map(place)
                if !places.isEmpty { lines.append("    at \(places.joined(separator: ", "))") }
                lines.append("    \(consequence.effect)")
            }
        }
        if let silence, !isEmpty { lines += ["", silence] }
        if !isEmpty, !clients.isEmpty {
            lines += ["", "clients"]
            let width = clients.map(\.name.count).max() ?? 0
            for client in clients {
                let padding = String(repeating: " ", count: width - client.name.count)
                let reason = client.facts.isEmpty ? "" : " (\(client.facts.joined(separator: ", ")))"
                lines.append("  \(client.name)\(padding)  \(client.outcome.text)\(reason)")
            }
        }
        if !deploySteps.isEmpty {
            lines += ["", "to do, in this order"]
            lines += deploySteps.enumerated().map { "  \($0 + 1). \($1.text)" }
        }
        if !messages.isEmpty { lines += ["", "tell users"] + messages.map { "  - \($0)" } }
        if !artifacts.isEmpty { lines += ["", "outputs"] }
        lines += artifacts.map { "  \($0.sign) \($0.path)" + ($0.amount.isEmpty ? "" : " (\($0.amount))") }
        return lines.map { DisplayText.escaped($0) + "\n" }.joined()
    }

    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension Consequence.Weight {
    var heading: String {
        switch self {
        case .breaking: "breaks connections"
        case .noticeable: "is noticed, or needs something done"
        case .quiet: "goes unnoticed"
        }
    }
}
