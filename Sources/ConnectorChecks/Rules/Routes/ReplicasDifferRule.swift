import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let replicasDiffer = DiagnosticCode(
        434, "replicas-differ",
        summary: "The addresses of `upstreams` are not those of one server several times.",
        why:
            "nginx takes them in turn, by one path and with TLS or without: one that has another path, or speaks otherwise, "
            + "would fail each time that it is its turn.",
        remedy: "Write addresses that differ in host and port alone, each once.")
}

/// Replicas that cannot stand for each other.
struct ReplicasDifferRule: Rule {
    private static func example(_ upstreams: String) -> RuleExample {
        RuleExample(connector: "# no upstream\nupstreams: \(upstreams)")
    }

    let documentation = RuleDocumentation(
        .replicasDiffer,
        failing: [
            Self.example("[http://mcp-1:3930/mcp, ↓http://mcp-2:3930]"),
            Self.example("[http://mcp-1:3930, ↓https://mcp-2:3930]"),
        ], passing: [Self.example("[http://mcp-1:3930/mcp, http://mcp-2:3930/mcp]")], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.flatMap { connector in
            let first = connector.upstream
            return connector.replicas.compactMap { replica -> Diagnostic? in
                let isTLS = replica.value.isTLS != first.value.isTLS
                guard isTLS || replica.value.path != first.value.path else { return nil }
                return finding(
                    "connectors.\(connector.name.value.text).upstreams differ in \(isTLS ? "TLS" : "their path")",
                    at: replica.span, "unlike the first", secondary: [Label(first.span, "the first")],
                    help: "write addresses that differ in host and port alone")
            }
        }
    }
}
