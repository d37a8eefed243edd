import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let introspectionByAnybody = DiagnosticCode(
        308, "introspection-by-anybody",
        summary: "A client without a secret has `allow_introspection: true`.",
        why: "Whoever knows its id, which is no secret, could find out about every token: whose it is, and for what.",
        remedy: "Give the client a secret or keys, or remove `allow_introspection`.",
        securitySeverity: "7.5")
}

/// A client that may ask about the tokens of others and proves to nobody who it is.
struct IntrospectionByAnybodyRule: Rule {
    let documentation = RuleDocumentation(
        .introspectionByAnybody, isHard: true,
        failing: [
            RuleExample(top: "clients: [{ id: cid_api, allow_introspection: ↓true }]"),
            RuleExample(top: "clients: [{ id: cid_api, auth_method: none, allow_introspection: ↓true }]"),
        ],
        passing: [
            RuleExample(top: "clients: [{ id: cid_api, secret: { env: CID_API_SECRET }, allow_introspection: true }]"),
            RuleExample(top: "clients: [{ id: cid_api, allow_introspection: false }]"),
        ], references: ["RFC 7662 §2.1"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.clients.compactMap { client in
            guard let allowIntrospection = client.allowIntrospection, allowIntrospection.value else { return nil }
            let isPublic = client.authMethod.map { $0.value == .none } ?? !client.hasSecret
            guard isPublic else { return nil }
            return finding(
                "a client without a secret may ask about the tokens of others", at: allowIntrospection.span,
                "whoever knows the id may ask",
                secondary: client.authMethod.map { [Label($0.span, "asks for no secret")] } ?? [],
                help: "add `secret: { env: NAME }`, or remove allow_introspection")
        }
    }
}
