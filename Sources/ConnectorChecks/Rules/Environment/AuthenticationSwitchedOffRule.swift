import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let authenticationSwitchedOff = DiagnosticCode(
        606, "authentication-switched-off",
        summary: "A variable switches a service's authentication off, or its logging of tokens on.",
        why:
            "Behind a vhost that looks protected, everybody may then call the tools, or every token ends up "
            + "in a log. Such switches are set for one afternoon and stay for a year.",
        remedy: "Remove the variable here, and set it by hand where it is really wanted.",
        securitySeverity: "9.1")
}

/// A variable that takes a service's protection away.
struct AuthenticationSwitchedOffRule: Rule {
    let documentation = RuleDocumentation(
        .authenticationSwitchedOff,
        failing: [
            RuleExample(
                top: "targets:\n  env:\n    - file: mcp.env\n      dialect: node\n"
                    + "      variables: { REQUIRE_AUTH: ↓\"false\", DEBUG_HEADERS: ↓\"true\" }"),
            RuleExample(
                top:
                    "targets:\n  env:\n    - { file: a.env, dialect: node, variables: { TOKEN_AI_OAUTH_ALLOW_ANY: ↓\"1\" } }"
            ),
            RuleExample(
                top: "targets:\n  env:\n    - file: mcp.env\n      dialect: node\n      variables:\n"
                    + "        AUTH_REQUIRED: ↓\"false\"\n        MCP_AUTH_MODE: ↓none\n        SERVER_NO_AUTH: ↓\"true\""
            ),
        ],
        passing: [
            RuleExample(
                top: "targets:\n  env:\n    - file: mcp.env\n      dialect: node\n"
                    + "      variables: { REQUIRE_AUTH: \"true\", DEBUG_HEADERS: \"false\", LOG_LEVEL: info }")
        ], references: ["R004-11", "R004-12", "L-10"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.targets.env.flatMap(\.variables).compactMap { variable in
            guard case .literal(let text) = variable.value.value,
                let problem = ProtectionSwitch.problem(of: variable.name.value.text, text)
            else { return nil }
            return finding(
                "`\(variable.name.value.text)` \(problem)", at: variable.value.span, problem,
                help: "remove the variable from the spec")
        }
    }
}
