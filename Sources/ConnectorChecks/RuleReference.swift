package import Diagnostics

/// The page of rules, made of what they say of themselves.
package enum RuleReference {
    package static var markdown: String {
        var text = """
            # Rules

            What `connectorgen lint` and `connectorgen build` find in a spec. `connectorgen explain CODE` prints one of
            them. `M#n` and `R…` are rows of the project's catalogue of field mistakes and requirements. The page is
            generated; `CONNECTORGEN_UPDATE=1 make test` rewrites it.

            | code | name | severity | finds |
            |---|---|---|---|

            """
        for rule in RuleRegistry.all {
            let summary = rule.documentation.summary.split(separator: "|").joined(separator: "\\|")
            text += "| \(rule.code) | \(rule.code.name) | \(rule.documentation.severity.rawValue) | \(summary) |\n"
        }
        text += "\n"
        for rule in RuleRegistry.all { text += rule.documentation.markdown() }
        return String(text.dropLast())
    }
}

extension RuleDocumentation {
    /// What reports tell of the rule.
    package var description: RuleDescription {
        RuleDescription(code, severity, summary: summary, explanation: why, remedy: remedy)
    }
}
