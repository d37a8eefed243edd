import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let messagePathMissing = DiagnosticCode(
        439, "message-path-missing", .warning,
        summary: "A connector of the older transport has no path for messages.",
        why:
            "A server of HTTP with SSE tells its clients, in the first event of the stream, where to post; that is mostly a path "
            + "beside the stream, such as `/messages`. Nothing answers there: clients connect, and hang at their first request.",
        remedy:
            "Write `message_path: /messages`, the path that the server announces. Allow the finding where it announces a path "
            + "below the stream's own.")
}

/// A stream of events without the path that belongs to it.
struct MessagePathMissingRule: Rule {
    private static func example(_ lines: String) -> RuleExample { RuleExample(connector: lines) }

    let documentation = RuleDocumentation(
        .messagePathMissing,
        failing: [Self.example("public_url: ↓https://mcp.example.com/sse")],
        passing: [
            Self.example("public_url: https://mcp.example.com/sse\nmessage_path: /messages"),
            Self.example("public_url: https://mcp.example.com/mcp"),
        ], references: ["MCP 2024-11-05, transports, HTTP with SSE"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.compactMap { connector in
            let path = connector.publicURL.value.path
            guard connector.messagePath == nil, path.hasSuffix("/sse") else { return nil }
            return finding(
                "connectors.\(connector.name.value.text) is a stream of events, and has no message_path",
                at: connector.publicURL.span, "where clients post is another path",
                help: "add `message_path: /messages`, the path that the server announces")
        }
    }
}
