import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let clientKeysUnused = DiagnosticCode(
        307, "client-keys-unused",
        summary: "A client signs who it is and has no keys, or has keys and does not sign.",
        why:
            "Without the address of the public keys no signature can be checked, so that the client is refused; "
            + "keys beside another method are never looked at.",
        remedy: "Set `jwks_uri` beside `auth_method: private_key_jwt`, or remove both.")
}

/// Keys and an authentication method that contradict each other.
struct ClientKeysRule: Rule {
    let documentation = RuleDocumentation(
        .clientKeysUnused, isHard: true,
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
