import ConnectorSpec
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedModeByPresence = DiagnosticCode(
        828, "deployed-mode-by-presence",
        summary:
            "Of the variables whose presence alone selects a branch of a service, a deployed source sets some and not the others.",
        why:
            "Which branch the service takes then hangs on whether another file is loaded as well: it is another server after the next restart.",
        remedy: "Set all of them in one place, or none.")
}

/// A branch of the service that hangs on the mere presence of variables.
struct DeployedModeByPresenceRule: EnvironmentRule {
    let documentation = RuleDocumentation(
        .deployedModeByPresence,
        failing: [
            RuleExample(
                top: DeployedExample.dexter,
                files: [
                    ".env": "TOKEN_AI_OIDC_CLIENT_ID=cid_example\n↓TOKEN_AI_OIDC_ISSUER=https://mcp.example.com/mcp\n"
                ])
        ],
        passing: [RuleExample(top: DeployedExample.dexter, files: [".env": DeployedExample.dexterFile])],
        references: ["M#177", "L-06"])

    func check(_ service: ObservedService, _ context: RuleContext) -> [Diagnostic] {
        (service.expectation.preset?.modes ?? []).flatMap { mode in
            service.environment.layers.compactMap { layer -> Diagnostic? in
                guard layer.kind != .process else { return nil }
                let last = layer.last
                let set = mode.members.compactMap { last[$0] }
                let open = mode.members.filter { last[$0] == nil }
                guard let first = set.first, !open.isEmpty else { return nil }
                return finding(
                    "\(layer.title) sets \(set.map(\.name).joined(separator: ", ")) without "
                        + "\(open.joined(separator: ", ")): their presence selects \(mode.selects)",
                    at: first.nameSpan, "\(set.count) of \(mode.members.count)",
                    secondary: open.compactMap { service.effective[$0] }.map {
                        Label($0.assignment.nameSpan, "set in \($0.layer.title)")
                    }, help: "set all of them in one place, or none")
            }
        }
    }
}
