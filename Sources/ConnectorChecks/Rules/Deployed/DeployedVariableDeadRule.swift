import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedVariableDead = DiagnosticCode(
        825, "deployed-variable-dead", .warning,
        summary: "A deployed file sets a variable of the service's family that the service does not read.",
        why:
            "Whoever changes it changes nothing; a name that is nearly right leaves the right one at its default.",
        remedy: "Remove it, or write the name that the service reads.")
}

/// A variable that nobody reads.
struct DeployedVariableDeadRule: EnvironmentRule {
    let documentation = RuleDocumentation(
        .deployedVariableDead,
        failing: [
            RuleExample(
                top: DeployedExample.farm,
                files: [
                    ".env": "OIDC_ISSUER=https://mcp.example.com/mcp\n↓OIDC_AUDIENCES=https://mcp.example.com/mcp\n"
                ])
        ],
        passing: [RuleExample(top: DeployedExample.target, files: [".env": DeployedExample.good])],
        references: ["M#179", "M#181"])

    func check(_ service: ObservedService, _ context: RuleContext) -> [Diagnostic] {
        guard let preset = service.expectation.preset else { return [] }
        let known = Set(
            preset.variables.map(\.name) + preset.knownNames + service.expectation.variables.map(\.name))
        return service.effective.values.compactMap { found -> Diagnostic? in
            let name = found.assignment.name
            guard !known.contains(name) else { return nil }
            if let retired = preset.retiredNames.first(where: { $0.name == name }) {
                guard !DeployedAliasWinsRule.wins(retired, in: service) else { return nil }
                return finding(
                    "\(name) is not what the service reads: \(retired.successor) is", at: found.assignment.nameSpan,
                    "in \(found.layer.title)", notes: [retired.meaning], help: "remove it",
                    fixes: DeployedFix(context).removal(of: found))
            }
            guard preset.family.contains(where: name.hasPrefix) else { return nil }
            let near = Suggestion.nearest(to: name, in: known.sorted())
            return finding(
                "\(name) is no variable of the service", at: found.assignment.nameSpan, "in \(found.layer.title)",
                notes: ["names that begin so belong to the preset \(preset.name)"],
                help: near.map { "did you mean \($0)?" } ?? "remove it",
                fixes: near.map { DeployedFix(context).renaming(of: found, to: $0, in: service) }
                    ?? DeployedFix(context).removal(of: found))
        }
    }
}
