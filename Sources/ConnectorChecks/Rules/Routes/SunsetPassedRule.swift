import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let sunsetPassed = DiagnosticCode(
        417, "sunset-passed", .warning,
        summary: "The sunset of a legacy alias lies in the past.",
        why: "From that day on the server answers 410, so that the alias serves nobody any more.",
        remedy: "Remove the alias, or give it a later day.")
}

/// An old endpoint family whose time is over on the day of the check.
struct SunsetPassedRule: Rule {
    let documentation = RuleDocumentation(
        .sunsetPassed,
        failing: [RuleExample(connector: "legacy_aliases: [{ path: /api/oauth, sunset: ↓2020-01-01 }]")],
        passing: [RuleExample(connector: "legacy_aliases: [{ path: /api/oauth, sunset: 2099-12-31 }]")],
        references: ["RFC 8594"])

    let needsDate = true

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let today = context.today else { return [] }
        return context.draft.connectors.flatMap(\.legacyAliases).filter { $0.sunset.value < today }.map { alias in
            finding(
                "\(alias.path.value.text) has its sunset on \(alias.sunset.value.text), and today is \(today.text)",
                at: alias.sunset.span, "is over", help: "remove the alias, or give it a later day")
        }
    }
}
