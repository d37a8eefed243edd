import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let shortReadTimeout = DiagnosticCode(
        418, "short-read-timeout", .warning,
        summary: "`read_timeout` cuts event streams that are silent for a while.",
        why:
            "An MCP server may be silent for minutes, in a stream that waits for events and in a long tool call. nginx then "
            + "closes the connection, and clients report `TypeError: terminated` or a call that failed.",
        remedy: "Leave it at its default of an hour, or write more.")
}

/// A time-out for web pages on a transport that streams.
struct ShortReadTimeoutRule: Rule {
    let documentation = RuleDocumentation(
        .shortReadTimeout,
        failing: [
            RuleExample(connector: "read_timeout: ↓30s", top: "targets: { nginx: {} }"),
            RuleExample(connector: "read_timeout: ↓15m", top: "targets: { nginx: {} }"),
        ],
        passing: [
            RuleExample(connector: "read_timeout: 1h", top: "targets: { nginx: {} }"),
            RuleExample(top: "targets: { nginx: {} }"),
        ], references: ["M#146", "M#151"])

    /// Seconds.
    private static let least = 3600

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard context.draft.targets.nginx != nil else { return [] }
        return context.draft.connectors.compactMap { connector in
            guard let time = connector.readTimeout, time.value.seconds < Self.least else { return nil }
            return finding(
                "connectors.\(connector.name.value.text).read_timeout ends a stream that is silent for \(time.value.text)",
                at: time.span, "less than an hour", help: "remove it: an hour is the default")
        }
    }
}
