import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let assertionsRefused = DiagnosticCode(
        513, "assertions-refused",
        summary: "A client is to sign who it is, and the issuer refuses signatures.",
        why: "The client could not authenticate at all.",
        remedy: "Write `issuer.client_documents.assertions: accepted`, or give the client a secret.")
}

/// A client that signs, and a server that takes no signatures.
struct AssertionsRefusedRule: Rule {
    private static func example(_ assertions: String, _ mark: String) -> RuleExample {
        RuleExample(
            issuer: "client_documents: { assertions: \(assertions) }",
            top: "clients:\n  - id: cid_robot\n    auth_method: \(mark)private_key_jwt\n"
                + "    jwks_uri: https://robot.example.com/jwks.json")
    }

    let documentation = RuleDocumentation(
        .assertionsRefused, failing: [Self.example("refused", "↓")], passing: [Self.example("accepted", "")],
        references: ["RFC 7523 §2.2"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value != .external,
            let refused = issuer.clientDocuments?.assertions, refused.value == .refused
        else { return [] }
        return context.draft.clients.compactMap(\.authMethod).filter { $0.value == .privateKeyJWT }.map { method in
            finding(
                "a client authenticates by private_key_jwt and issuer.client_documents.assertions is refused",
                at: method.span, secondary: [Label(refused.span, "refuses it")],
                help: "write assertions: accepted, or give the client a secret")
        }
    }
}
