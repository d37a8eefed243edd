import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let clientSecretUnused = DiagnosticCode(
        306, "client-secret-unused",
        summary: "A client has a secret and authenticates without one, or the reverse.",
        why:
            "The token endpoint would either never ask for the secret, so that whoever knows the id may come, "
            + "or ask for one that nobody has, and answer 401 to every exchange.",
        remedy:
            "Set `auth_method` to `client_secret_post` or `client_secret_basic` beside the secret, or remove "
            + "the secret of a public client.",
        securitySeverity: "5.3")
}

/// A secret and an authentication method that contradict each other.
struct ClientSecretUnusedRule: Rule {
    let documentation = RuleDocumentation(
        .clientSecretUnused, isHard: true,
        failing: [
            RuleExample(top: "clients: [{ id: cid_one, auth_method: ↓none, secret: { env: CLIENT_ONE_SECRET } }]"),
            RuleExample(top: "clients: [{ id: cid_one, auth_method: ↓client_secret_post }]"),
        ],
        passing: [
            RuleExample(
                top: "clients: [{ id: cid_one, auth_method: client_secret_basic, secret: { env: CLIENT_ONE_SECRET } }]"),
            RuleExample(top: "clients: [{ id: cid_one, auth_method: none }]"),
        ], references: ["M#68"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.clients.compactMap { client in
            guard client.id != nil, let method = client.authMethod else { return nil }
            switch (method.value, client.secret) {
            case (.none, let secret?):
                return finding(
                    "the client has a secret and the authentication method `none`", at: method.span,
                    "never asks for the secret", secondary: [Label(secret.span, "the secret")],
                    help: "write `client_secret_post` or `client_secret_basic`, or remove the secret")
            case (.clientSecretPost, nil) where !client.hasSecret, (.clientSecretBasic, nil) where !client.hasSecret:
                return finding(
                    "the client authenticates by \(method.value.rawValue) and has no secret", at: method.span,
                    "asks for a secret", help: "add `secret: { env: NAME }`, or write `auth_method: none`")
            default: return nil
            }
        }
    }
}
