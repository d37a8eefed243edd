import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let capabilityNotServed = DiagnosticCode(
        707, "capability-not-served",
        summary: "The spec asks for something that this release of connectorgen-auth does not serve.",
        why:
            "Everything would build and look right, and each sign-in, or each start of the server, would end in an error. "
            + "What a release serves is one list, by which `connectorgen-auth --check` and the start judge too.",
        remedy: "Do what the message says, or use a release that serves it.")
}

/// A spec that needs a ``Capability`` which this release does not have.
struct CapabilityRule: Rule {
    /// Before a line that asks for what is not served, in examples of other rules.
    static let allowance = "# connectorgen: allow CG707 -- an example of another rule\n"

    let documentation = RuleDocumentation(
        .capabilityNotServed,
        failing: [
            RuleExample(issuer: "store: { postgres: { env: ↓DATABASE_URL } }\nkey: { env: SERVER_KEY }")
        ],
        passing: [RuleExample(issuer: "store: { sqlite: /var/lib/connectorgen/auth.db }")], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        needs(context).compactMap { capability, span, label in
            guard !capability.isServed else { return nil }
            return finding(
                capability.reason, at: span, label, help: capability.alternative)
        }
    }

    /// What the spec needs, and the place that says so.
    private func needs(_ context: RuleContext) -> [(Capability, Span, String)] {
        guard let issuer = context.draft.issuer else { return [] }
        var needs: [(Capability, Span, String)] = []
        if issuer.mode.value == .upstream { needs.append((.upstreamLogin, issuer.mode.span, "asks for it")) }
        if let store = issuer.store, case .postgres = store.value {
            needs.append((.postgreSQLStore, store.span, "asks for it"))
        }
        return needs
    }
}
