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

    /// Switches that are on where a service is protected.
    private static let demands = [
        "REQUIRE_AUTH", "AUTH_REQUIRED", "AUTH_ENABLED", "ENABLE_AUTH", "OAUTH_ENABLED", "ENABLE_OAUTH",
        "VERIFY_TOKENS",
        "REQUIRE_AUTHENTICATION", "AUTHENTICATION_REQUIRED",
    ]
    /// Switches that are off there.
    private static let waivers = [
        "NO_AUTH", "DISABLE_AUTH", "AUTH_DISABLED", "SKIP_AUTH", "ALLOW_ANONYMOUS", "INSECURE_NO_AUTH",
        "DANGEROUSLY_OMIT_AUTH",
    ]
    /// Names of a way to authenticate.
    private static let modes = ["AUTH_MODE", "AUTH_TYPE", "AUTH_METHOD", "AUTH_PROVIDER"]

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.targets.env.flatMap(\.variables).compactMap { variable in
            guard case .literal(let text) = variable.value.value else { return nil }
            let name = variable.name.value.text
            let isOn = ["1", "true", "yes", "on"].contains(text.lowercased())
            let isOff = ["0", "false", "no", "off"].contains(text.lowercased())
            let problem: String
            let isNothing = isOff || ["none", "disabled", "anonymous"].contains(text.lowercased())
            if isOff, Self.demands.contains(where: { name == $0 || name.hasSuffix("_" + $0) }) {
                problem = "lets everybody call the server"
            } else if isNothing, Self.modes.contains(where: { name == $0 || name.hasSuffix("_" + $0) }) {
                problem = "lets everybody call the server"
            } else if isOn, Self.waivers.contains(where: { name == $0 || name.hasSuffix("_" + $0) }) {
                problem = "lets everybody call the server"
            } else if isOn, name.hasSuffix("_ALLOW_ANY") {
                problem = "lets every client in"
            } else if isOn, name == "DEBUG_HEADERS" || name.hasSuffix("_DEBUG_HEADERS") {
                problem = "writes tokens to the log"
            } else {
                return nil
            }
            return finding(
                "`\(name)` \(problem)", at: variable.value.span, problem, help: "remove the variable from the spec")
        }
    }
}
