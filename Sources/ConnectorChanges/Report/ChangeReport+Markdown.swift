import ConnectorBackends

extension ChangeReport {
    /// A comment on a pull request: the short of it open, the outputs folded.
    package var markdown: String {
        var lines = ["### \(code(spec)) against \(code(against))", ""]
        guard !isEmpty else {
            return (lines + ["Nothing changes for anybody."]).map { $0 + "\n" }.joined()
        }
        let breaking = consequences.count { $0.weight == .breaking }
        let summary = [
            breaking == 0 ? "breaks no connection" : "**breaks connections** (\(counted(breaking, "reason")))",
            counted(deploySteps.count, "step") + " to deploy",
            counted(artifacts.count, "output") + (artifacts.count == 1 ? " differs" : " differ"),
        ]
        lines += [summary.joined(separator: " · "), ""]
        if let silence { lines += ["> \(silence)", ""] }
        for weight in Consequence.Weight.allCases {
            let found = consequences.filter { $0.weight == weight }
            guard !found.isEmpty else { continue }
            lines += ["#### \(weight.heading.prefix(1).uppercased())\(weight.heading.dropFirst())", ""]
            for consequence in found {
                let at = consequence.origins.first.map { " (\(code(place($0))))" } ?? ""
                lines.append("- **\(code(consequence.fact))**: \(consequence.change)\(at)  ")
                lines.append("  \(consequence.effect)")
            }
            lines.append("")
        }
        if !clients.isEmpty {
            lines += ["#### Clients", "", "| client | what happens | because of |", "|---|---|---|"]
            for client in clients {
                let facts = client.facts.map(code).joined(separator: ", ")
                lines.append("| \(code(client.name)) | \(client.outcome.text) | \(facts) |")
            }
            lines.append("")
        }
        if !deploySteps.isEmpty {
            lines += ["#### To do, in this order", ""]
            lines += deploySteps.enumerated().map { "\($0 + 1). \($1.text)" } + [""]
        }
        if !messages.isEmpty { lines += ["#### Tell users", ""] + messages.map { "- \($0)" } + [""] }
        lines += ["<details><summary>Outputs</summary>", "", "| output | | lines |", "|---|---|---|"]
        lines += artifacts.map { "| \(code($0.path)) | \($0.word) | \($0.amount) |" }
        lines += ["", "</details>"]
        return lines.map { $0 + "\n" }.joined()
    }
}
