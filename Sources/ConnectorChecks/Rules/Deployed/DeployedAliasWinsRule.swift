import ConnectorSpec
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedAliasWins = DiagnosticCode(
        827, "deployed-alias-wins",
        summary:
            "An old name of a variable is set beside the right one, with another value, and some builds of the service take the old one.",
        why:
            "The value that everybody looks at is not the one that counts.",
        remedy: "Remove the old name.")
}

/// An old name that wins over the right one.
struct DeployedAliasWinsRule: EnvironmentRule {
    let documentation = RuleDocumentation(
        .deployedAliasWins,
        failing: [
            RuleExample(
                top: DeployedExample.dexter,
                files: [".env": "TOKEN_AI_OIDC_CLIENT_ID=cid_example\n↓TOKEN_AI_OIDC_CLIENT_ID_CHATGPT=app_other\n"])
        ],
        passing: [RuleExample(top: DeployedExample.dexter, files: [".env": DeployedExample.dexterFile])],
        references: ["M#179", "R000-22"])

    func check(_ service: ObservedService, _ context: RuleContext) -> [Diagnostic] {
        (service.expectation.preset?.retiredNames ?? []).compactMap { retired in
            guard Self.wins(retired, in: service), let alias = service.effective[retired.name],
                let real = service.effective[retired.successor]
            else { return nil }
            return finding(
                "\(retired.name) is set beside \(retired.successor), with another value, and wins in some builds",
                at: alias.assignment.nameSpan, "in \(alias.layer.title)",
                secondary: [Label(real.assignment.nameSpan, "the one that counts in others")] + alias.trail(),
                notes: [retired.meaning], help: "remove \(retired.name)",
                fixes: DeployedFix(context).removal(of: alias))
        }
    }

    /// True where both names are set, and not to the same.
    static func wins(_ retired: VariablePreset.RetiredName, in service: ObservedService) -> Bool {
        guard retired.wins, let alias = service.effective[retired.name],
            let real = service.effective[retired.successor]
        else { return false }
        return alias.assignment.value != real.assignment.value
    }
}
