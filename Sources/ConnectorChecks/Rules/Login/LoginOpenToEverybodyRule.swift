import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let loginOpenToEverybody = DiagnosticCode(
        716, "login-open-to-everybody",
        summary: "Everybody with an account at a public provider can sign in.",
        why:
            "Anybody on the internet has an account there, or makes one. The sign-in then proves who somebody is, and "
            + "nothing of whether they may use the connectors.",
        remedy: "Write `issuer.login.allow` with the addresses, domains, groups or claims of those who may come.",
        securitySeverity: "9.1")
}

/// A login at a public provider without a list of who may come.
struct LoginOpenToEverybodyRule: Rule {
    private static let google =
        "mode: upstream\nlogin:\n  provider: ↓google\n  issuer: https://accounts.google.com\n  client_id: up"

    let documentation = RuleDocumentation(
        .loginOpenToEverybody, failing: [RuleExample(issuer: google)],
        passing: [
            RuleExample(
                issuer: google.replacing("↓", with: "") + "\n  allow: [{ claims: { hd: example.com } }]")
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let login = context.draft.issuer?.login, login.allow.isEmpty,
            let provider = context.providers.provider(at: login.issuer.value.host.text),
            provider.login?.isPublic == true
        else { return [] }
        return [
            finding(
                "everybody with an account at \(provider.title) can sign in", at: login.provider.span,
                "anybody has one",
                help: "add `allow: [{ domain: example.com }]` to `issuer.login`, with your own domain")
        ]
    }
}
