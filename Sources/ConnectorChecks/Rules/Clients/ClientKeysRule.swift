import ConnectorSpec
import Diagnostics
import OAuthModel

/// Keys and an authentication method that contradict each other.
struct ClientKeysRule: Rule {
    let documentation = RuleDocumentation(
        .clientKeysUnused,
        failing: [
            RuleExample(top: "clients: [{ id: cid_one, auth_method: ↓private_key_jwt }]"),
            RuleExample(top: "clients: [{ id: cid_one, jwks_uri: ↓https://one.example.com/jwks.json }]"),
        ],
        passing: [
            RuleExample(
                top: "clients:\n  - id: cid_one\n    auth_method: private_key_jwt\n"
                    + "    jwks_uri: https://one.example.com/jwks.json")
        ], references: ["RFC 7523 §2.2"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.clients.compactMap { client in
            switch (client.authMethod, client.keysURL) {
            case (let method?, nil) where method.value == .privateKeyJWT:
                return finding(
                    "the client authenticates by private_key_jwt and has no keys", at: method.span, "asks for keys",
                    help: "add `jwks_uri: https://…` with the address of the client's public keys")
            case (let method, let keys?) where method?.value != .privateKeyJWT:
                return finding(
                    "the client has keys and does not authenticate by private_key_jwt", at: keys.span,
                    "never asked for", secondary: method.map { [Label($0.span, "the authentication method")] } ?? [],
                    help: "write `auth_method: private_key_jwt`, or remove jwks_uri")
            default: return nil
            }
        }
    }
}
