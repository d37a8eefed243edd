import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let duplicateItem = DiagnosticCode(
        110, "duplicate-item", .warning,
        summary: "A list has the same value twice.",
        why: "The second has no effect; most often another value was meant, which is missing now.",
        remedy: "Remove it, or write the value that was meant.")
}

/// One value twice in one list. Aliases are not among them: two of them are two routes for one URL, which is an error.
struct DuplicateItemRule: Rule {
    let documentation = RuleDocumentation(
        .duplicateItem,
        failing: [
            RuleExample(connector: "scopes: [mcp.tools, mcp.read, ↓mcp.tools]"),
            RuleExample(issuer: "registration: [dcr, cimd, ↓dcr]"),
            RuleExample(top: "trusted_hosts: [chatgpt.com, claude.ai, ↓chatgpt.com]"),
            RuleExample(top: "targets: { nginx: { server_names: [mcp.example.com, ↓mcp.example.com] } }"),
        ],
        passing: [RuleExample(connector: "scopes: [mcp.tools, mcp.Tools]")], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        let draft = context.draft
        var lists: [[(text: String, span: Span)]] = [
            draft.issuer?.registration?.map { ($0.value.rawValue, $0.span) } ?? [], Self.items(draft.trustedHosts),
            Self.items(draft.trustedRedirects), Self.items(draft.clientURIHosts),
            Self.items(draft.issuer?.clientDocuments?.hosts), Self.items(draft.issuer?.login?.scopes),
            Self.items(draft.targets.nginx?.serverNames), Self.items(draft.issuer?.trustedProxies),
            Self.items(draft.targets.nginx?.realIP?.from),
        ]
        for connector in draft.connectors {
            lists += [
                Self.items(connector.scopes), Self.items(connector.allowedOrigins), Self.items(connector.aliasHosts),
                Self.items([connector.upstream] + connector.replicas),
            ]
            lists.append(Self.items(connector.bearer?.pass))
            lists.append(connector.audiences.map { ($0.value, $0.span) })
            lists += connector.serviceTokens.map { Self.items($0.scopes) }
        }
        for client in draft.clients { lists += [Self.items(client.redirectURIs), Self.items(client.scopes)] }
        return lists.filter { $0.count > 1 }.flatMap(repeated)
    }

    private static func items(_ values: [Located<some TextValue>]?) -> [(text: String, span: Span)] {
        values?.map { ($0.value.text, $0.span) } ?? []
    }

    private func repeated(_ items: [(text: String, span: Span)]) -> [Diagnostic] {
        var first: [String: Span] = [:]
        return items.compactMap { text, span in
            guard let earlier = first[text] else {
                first[text] = span
                return nil
            }
            return finding(
                "`\(text)` stands twice in one list", at: span, "again",
                secondary: [Label(earlier, "first written here")], help: "remove it, or write the value that was meant")
        }
    }
}
