import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let ownIssuerSlash = DiagnosticCode(
        208, "own-issuer-slash",
        summary: "The issuer of the bundled server ends in a slash.",
        why:
            "Clients compare issuers byte by byte, and frameworks add or drop that slash on their own. Some "
            + "clients then sign in and others stop at \"issuer mismatch\". Only a provider's own slash has to "
            + "be kept.",
        remedy: "Remove the slash.")
}

/// An issuer of our own that ends in a slash.
struct OwnIssuerSlashRule: Rule {
    let documentation = RuleDocumentation(
        .ownIssuerSlash, failing: [RuleExample(issuer: "url: ↓https://mcp.example.com/mcp/")],
        passing: [
            RuleExample(issuer: "url: https://mcp.example.com/mcp"),
            RuleExample(
                issuer: "url: https://tenant.us.auth0.com/\nmode: external\n# no users\n# no store"),
        ], references: ["M#32", "RFC 8414 §3.3"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value != .external,
            issuer.url.value.text.hasSuffix("/")
        else { return [] }
        let right = String(issuer.url.value.text.dropLast())
        return [
            finding(
                "`issuer.url` ends in a slash: `\(issuer.url.value.text)`", at: issuer.url.span, "ends in a slash",
                secondary: [Label(issuer.mode.span, "the issuer is our own")], help: "write `\(right)`",
                fixes: [
                    FixIt("write `\(right)`", .machineApplicable, edits: [TextEdit(issuer.url.span, right)])
                ])
        ]
    }
}
