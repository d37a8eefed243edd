import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let foreignAudience = DiagnosticCode(
        709, "foreign-audience", .warning,
        summary: "A connector takes tokens whose audience is not the connector.",
        why:
            "The audience is what keeps a token at the service that it was given for (RFC 8707, RFC 9068 §4). Whatever the "
            + "issuer gives out with the other audience opens the connector too: tokens of another service, of each of its "
            + "clients, and of whoever that service hands them on to.",
        remedy:
            "Have the issuer put the connector's URL into `aud` and leave `audience` out; else say by `allow` who may come, "
            + "and allow this finding with the reason.",
        securitySeverity: "5.9")
}

/// `audience` with something else than the resource.
struct ForeignAudienceRule: Rule {
    private static func audience(_ list: String) -> RuleExample {
        RuleExample(
            whole: EdgeVerificationMissingRule.external("verification: { jwks: {} }", "audience: [\(list)]"))
    }

    let documentation = RuleDocumentation(
        .foreignAudience,
        failing: [audience("↓kura-notes"), audience("https://mcp.example.com/mcp, ↓api://example")],
        passing: [audience("https://mcp.example.com/mcp")], references: ["RFC 8707 §2", "RFC 9068 §4"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.flatMap { connector in
            let resource = (connector.resource ?? connector.publicURL).value.text
            return connector.audiences.filter { !$0.value.hasSameBytes(as: resource) }.map { audience in
                finding(
                    "connectors.\(connector.name.value.text) takes tokens for `\(audience.value)`, which is not its resource",
                    at: audience.span, "every token of the issuer with this audience opens it",
                    secondary: [Label((connector.resource ?? connector.publicURL).span, "the resource")],
                    help: "have the issuer put \(resource) into `aud`, or narrow it by `allow` and allow this finding")
            }
        }
    }
}
