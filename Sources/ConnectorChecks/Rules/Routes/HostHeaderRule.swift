import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let hostHeaderUnsettled = DiagnosticCode(
        414, "host-header-unsettled", .note,
        summary: "An MCP server on this machine gets the public host, and may know its own address alone.",
        why:
            "Servers on the official SDKs that listen on loopback refuse every other `Host`, against DNS rebinding: with "
            + "421 (Python) or 403 (TypeScript), to every request, whatever its token.",
        remedy:
            "Set `host_header: upstream`, and nginx sends the server's own address; or allow the public host in the "
            + "server's settings (the runbook names them) and set `host_header: public`, which is the default.")
}

/// An MCP server on this machine, behind a public name that it may not know. Said once, at the first such server.
struct HostHeaderRule: Rule {
    private static let local = "upstream: http://127.0.0.1:3930"
    private static let nginx = "targets: { nginx: {} }"

    let documentation = RuleDocumentation(
        .hostHeaderUnsettled,
        failing: [
            RuleExample(
                connector: "public_url: https://mcp.corp.internal/mcp\nupstream: ↓http://127.0.0.1:3930", top: nginx)
        ],
        passing: [
            RuleExample(
                connector: "public_url: https://mcp.corp.internal/mcp\n\(local)\nhost_header: upstream", top: nginx),
            RuleExample(
                connector: "public_url: https://mcp.corp.internal/mcp\n\(local)\nhost_header: public", top: nginx),
            RuleExample(
                connector: "public_url: https://mcp.corp.internal/mcp\nupstream: https://inner.corp.internal",
                top: nginx),
            RuleExample(connector: local, top: nginx),
        ], references: ["RFC 9110 §7.2"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        // What cannot be deployed yet has more to say than this.
        guard context.plan?.nginx != nil else { return [] }
        let unsettled = context.draft.connectors.first { connector in
            let host = connector.publicURL.value.host
            return connector.hostHeader == nil && connector.upstream.value.isLoopback && !host.isLoopback
                && !Self.isForDocumentation(host.text)
        }
        guard let unsettled else { return [] }
        let host = unsettled.publicURL.value.host.text
        return [
            finding(
                "the MCP server reads `\(host)` in `Host`, and may refuse it", at: unsettled.upstream.span,
                help:
                    "set `host_header: upstream` where it answers 421 or 403 to every request, and `host_header: public` "
                    + "where it knows its public host")
        ]
    }

    /// Names that nobody deploys (RFC 2606): a draft with one of them is not bothered yet.
    private static func isForDocumentation(_ host: String) -> Bool {
        ["example.com", "example.net", "example.org", "example", "test", "invalid"].contains { name in
            host == name || host.hasSuffix("." + name)
        }
    }
}
