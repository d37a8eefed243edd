import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let loginWithoutOpenID = DiagnosticCode(
        717, "login-without-openid",
        summary: "The login asks the provider for no ID token.",
        why:
            "The ID token is what proves who somebody is, and a provider gives one for the scope `openid` alone (OpenID Connect "
            + "Core §3.1.2.1). Every sign-in would end in an error.",
        remedy: "Add `openid` to `issuer.login.scopes`, or take the key out.")
    package static let loginParameterTaken = DiagnosticCode(
        718, "login-parameter-taken",
        summary: "A further parameter of the login is one that the server sets itself.",
        why:
            "The request would have it twice, which providers refuse (RFC 6749 §3.1), or the one of the spec would win over "
            + "what binds the login to its browser.",
        remedy: "Take it out of `issuer.login.parameters`.")
}

/// A login that cannot get an ID token.
struct LoginWithoutOpenIDRule: Rule {
    let documentation = RuleDocumentation(
        .loginWithoutOpenID, failing: [RuleExample(issuer: LoginExample.text("scopes: [↓email]"))],
        passing: [RuleExample(issuer: LoginExample.text("scopes: [openid, email]"))], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let login = context.draft.issuer?.login, let scopes = login.scopes, let first = scopes.first,
            login.userAPI == nil, context.providers.login(at: login.provider.value)?.needsUserAPI != true,
            !scopes.contains(where: { $0.value.text == "openid" })
        else { return [] }
        return [
            finding(
                "`issuer.login.scopes` has no `openid`", at: first.span, "no ID token comes",
                help: "add `openid` to the list")
        ]
    }
}

/// A parameter that would stand in the request twice.
struct LoginParameterTakenRule: Rule {
    let documentation = RuleDocumentation(
        .loginParameterTaken,
        failing: [RuleExample(issuer: LoginExample.text("parameters: { ↓state: fixed }"))],
        passing: [RuleExample(issuer: LoginExample.text("parameters: { audience: https://api.example.com }"))],
        references: [])

    /// Of RFC 6749 §4.1.1, RFC 7636 §4.3 and OpenID Connect Core §3.1.2.1; what answers otherwise than by the query.
    private static let taken: Set<String> = [
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method", "response_mode", "request", "request_uri",
    ]

    func check(_ context: RuleContext) -> [Diagnostic] {
        (context.draft.issuer?.login?.parameters ?? []).filter { Self.taken.contains($0.name.value) }.map { pair in
            finding(
                "`\(pair.name.value)` of `issuer.login.parameters` is set by the server", at: pair.name.span,
                "is taken",
                help: "take it out")
        }
    }
}
