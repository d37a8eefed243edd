import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let loginUserAPI = DiagnosticCode(
        719, "login-user-api",
        summary:
            "The login does not say how a provider without ID tokens names people, or says it of one that has them.",
        why:
            "OAuth 2.0 alone tells an application what it may do, not for whom: an API of the provider has to be asked, and one "
            + "member of its answer is the person. With OpenID Connect the ID token says it, signed.",
        remedy:
            "With `provider: oauth2` write `user_api` and `subject`, a member that no rename changes. With a provider that speaks "
            + "OpenID Connect take `user_api` out.")
}

/// A user API that is missing, or of a provider that needs none.
struct LoginUserAPIRule: Rule {
    private static let address = "https://git.example.com/login"
    private static let endpoints =
        "user_api: { authorization_endpoint: \(address)/authorize, token_endpoint: \(address)/token, user: https://git.example.com/api/user }"

    let documentation = RuleDocumentation(
        .loginUserAPI,
        failing: [
            RuleExample(issuer: LoginExample.text("↓oauth2", address, "subject: id")),
            RuleExample(issuer: LoginExample.text("↓oauth2", address, endpoints)),
            RuleExample(issuer: LoginExample.text(endpoints.replacing("{", with: "↓{"))),
        ],
        passing: [
            RuleExample(issuer: LoginExample.text("oauth2", address, endpoints + "\n  subject: id")),
            RuleExample(
                issuer: LoginExample.text(
                    "github", "https://github.com/login/oauth", "allow: [{ organization: example-org }]")),
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let login = context.draft.issuer?.login,
            let known = context.providers.login(at: login.provider.value)
        else { return [] }
        let kind = login.provider.value.rawValue
        guard known.needsUserAPI else {
            guard let api = login.userAPI else { return [] }
            return [
                finding(
                    "`\(kind)` says by ID tokens who somebody is, and `issuer.login.user_api` by an API", at: api.span,
                    "is not asked", help: "take it out, or write `provider: oauth2` where there are no ID tokens")
            ]
        }
        if login.userAPI == nil, known.userAPI == nil {
            return [
                finding(
                    "nothing says who somebody is at `\(kind)`", at: login.provider.span, "has no ID tokens",
                    help: "add `user_api` with `authorization_endpoint`, `token_endpoint` and `user` to `issuer.login`")
            ]
        }
        guard login.subject == nil, known.subject == nil else { return [] }
        return [
            finding(
                "nothing says which member of the user API is the person", at: login.provider.span,
                "has no claim that all of its kind have",
                help: "add `subject: id` to `issuer.login`, or what the provider never changes")
        ]
    }
}
