import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let smallMaxBody = DiagnosticCode(
        420, "small-max-body", .warning,
        summary: "`max_body` is smaller than tool calls are.",
        why:
            "A tool call carries its arguments in its body: texts, documents, pictures. Above the limit nginx answers 413, "
            + "which clients show as a failure of the tool.",
        remedy: "Leave it at its default of 4 MiB, or write at least 1 MiB.")
}

/// A limit on bodies for forms, at a transport.
struct SmallMaxBodyRule: Rule {
    let documentation = RuleDocumentation(
        .smallMaxBody, failing: [RuleExample(connector: "max_body: ↓64k", top: "targets: { nginx: {} }")],
        passing: [RuleExample(connector: "max_body: 1m", top: "targets: { nginx: {} }")], references: ["M#154"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard context.draft.targets.nginx != nil else { return [] }
        return context.draft.connectors.compactMap { connector in
            guard let size = connector.maxBody, size.value.bytes < 1 << 20 else { return nil }
            return finding(
                "connectors.\(connector.name.value.text).max_body refuses tool calls over \(size.value.text)",
                at: size.span, "less than 1 MiB", help: "remove it: 4 MiB is the default")
        }
    }
}
