import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let issuerVariableElsewhere = DiagnosticCode(
        624, "issuer-variable-elsewhere",
        summary: "A variable that names an issuer has another issuer than the spec.",
        why:
            "The service then expects tokens of somebody else, or the same issuer with another slash at its end, which is "
            + "another issuer byte for byte: every token is refused.",
        remedy: "Write `{ from: issuer.url }`.")
}

/// An issuer in a variable that differs from the spec's.
struct IssuerVariableElsewhereRule: Rule {
    private static func variables(_ entries: String) -> RuleExample {
        RuleExample(top: "targets:\n  env:\n    - { file: a.env, dialect: node, variables: { \(entries) } }")
    }

    let documentation = RuleDocumentation(
        .issuerVariableElsewhere,
        failing: [
            Self.variables("OIDC_ISSUER: ↓https://other.example.com/mcp"),
            Self.variables("JWT_ISSUER_URL: ↓https://mcp.example.com/mcp/"),
        ],
        passing: [
            Self.variables("OIDC_ISSUER: https://mcp.example.com/mcp"),
            Self.variables("OIDC_ISSUER: { from: issuer.url }"), Self.variables("CARD_ISSUER: visa"),
        ], references: ["M#34"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer else { return [] }
        let known = [issuer.url.value.text, issuer.login?.issuer.value.text].compactMap(\.self)
        return context.draft.targets.env.flatMap(\.variables).compactMap { variable in
            let name = variable.name.value.text
            guard name.hasSuffix("ISSUER") || name.hasSuffix("ISSUER_URL") || name.hasSuffix("ISSUER_URI"),
                case .literal(let text) = variable.value.value, text.hasPrefix("https://") || text.hasPrefix("http://"),
                !known.contains(text)
            else { return nil }
            let differsInSlash = known.contains { $0 + "/" == text || $0 == text + "/" }
            return finding(
                "\(name) names another issuer than the spec\(differsInSlash ? ": its last slash makes it one" : "")",
                at: variable.value.span, "not issuer.url", secondary: [Label(issuer.url.span, "the issuer")],
                help: "write `{ from: issuer.url }`")
        }
    }
}
