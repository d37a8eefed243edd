import ConnectorSpec
import Diagnostics
import OAuthModel

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
        ],
        passing: [
            RuleExample(
                top: "targets:\n  env:\n    - file: mcp.env\n      dialect: node\n"
                    + "      variables: { REQUIRE_AUTH: \"true\", DEBUG_HEADERS: \"false\", LOG_LEVEL: info }")
        ], references: ["R004-11", "R004-12", "L-10"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.targets.env.flatMap(\.variables).compactMap { variable in
            guard case .literal(let text) = variable.value.value else { return nil }
            let name = variable.name.value.text
            let isOn = ["1", "true", "yes", "on"].contains(text.lowercased())
            let isOff = ["0", "false", "no", "off"].contains(text.lowercased())
            let problem: String
            if isOff, name == "REQUIRE_AUTH" || name.hasSuffix("_REQUIRE_AUTH") {
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
