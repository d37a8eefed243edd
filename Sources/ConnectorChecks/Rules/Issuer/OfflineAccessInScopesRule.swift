import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let offlineAccessInScopes = DiagnosticCode(
        254, "offline-access-in-scopes", .warning,
        summary: "A connector's `scopes` name `offline_access`.",
        why: "It is a scope of the authorization server, not of a resource; clients ask for it by themselves.",
        remedy: "Remove it.")
}

/// The scope of refresh tokens among those of a resource.
struct OfflineAccessInScopesRule: Rule {
    let documentation = RuleDocumentation(
        .offlineAccessInScopes, failing: [RuleExample(connector: "scopes: [mcp.tools, ↓offline_access]")],
        passing: [RuleExample(connector: "scopes: [mcp.tools]")], references: ["OpenID Connect Core §11"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.compactMap { connector in
            guard let scope = connector.scopes.first(where: { $0.value.text == "offline_access" }) else { return nil }
            return finding(
                "connectors.\(connector.name.value.text).scopes names offline_access", at: scope.span,
                "is left out of this resource's metadata",
                notes: ["the authorization server offers it to every client by itself"], help: "remove it")
        }
    }
}
