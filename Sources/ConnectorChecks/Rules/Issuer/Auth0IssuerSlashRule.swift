import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let auth0IssuerSlash = DiagnosticCode(
        214, "auth0-issuer-slash",
        summary: "The issuer of an Auth0 tenant lacks its slash.",
        why:
            "Auth0's own documents and tokens name the issuer with a slash at its end, and issuers are compared byte by byte: "
            + "every token and every sign-in is refused.",
        remedy: "Write the slash: `https://TENANT.REGION.auth0.com/`.")
}

/// An Auth0 issuer as people write it, which is not how Auth0 does.
struct Auth0IssuerSlashRule: Rule {
    private static func login(_ issuer: String) -> RuleExample {
        RuleExample(
            issuer: "mode: upstream\n# no users\nlogin: { provider: auth0, issuer: \(issuer), client_id: cid_login }")
    }

    let documentation = RuleDocumentation(
        .auth0IssuerSlash,
        failing: [
            Self.login("↓https://tenant.us.auth0.com"),
            RuleExample(issuer: "url: ↓https://tenant.us.auth0.com\nmode: external\n# no users\n# no store"),
        ],
        passing: [
            Self.login("https://tenant.us.auth0.com/"), Self.login("https://login.example.com"),
            RuleExample(issuer: "url: https://tenant.us.auth0.com/\nmode: external\n# no users\n# no store"),
        ], references: ["M#32"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer else { return [] }
        let urls = [issuer.mode.value == .external ? issuer.url : nil, issuer.login?.issuer].compactMap(\.self)
        return urls.compactMap { url in
            guard url.value.path.isEmpty, let provider = context.providers.provider(at: url.value.host.text),
                provider.issuerEndsInSlash
            else { return nil }
            let right = url.value.text + "/"
            return finding(
                "`\(url.value.text)` is not what \(provider.title) calls itself: its issuer ends in a slash",
                at: url.span,
                "lacks the slash", help: "write `\(right)`",
                fixes: [FixIt("write `\(right)`", .machineApplicable, edits: [TextEdit(url.span, right)])])
        }
    }
}
