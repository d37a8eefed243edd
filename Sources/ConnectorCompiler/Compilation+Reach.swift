import ConnectorBackends
import ConnectorPlan
package import Diagnostics

/// A run of lines of one output.
package struct OutputLines: Hashable, Sendable {
    /// The artifact's path.
    package let path: String
    /// 1-based, both ends included.
    package let lines: ClosedRange<Int>
}

extension Compilation {
    /// The places of the spec that a key speaks of: those of the plan's value of that name, else the key's own.
    ///
    /// `key` is the path of a node of the spec or the name of a value of the plan, `connectors.mcp.client_id`;
    /// `written` is the node's span, nil where the spec does not have the key.
    package func origins(ofKey key: String, writtenAt written: Span?) -> [Span] {
        plan?.value(forKey: key)?.origins ?? written.map { [$0] } ?? []
    }

    /// Every run of output lines that was made from one of some places of the spec, in the order of the artifacts.
    package func lines(madeFrom spans: [Span]) -> [OutputLines] {
        artifacts.flatMap { artifact in
            artifact.provenance.compactMap { run in
                let isReached = run.origins.contains { origin in
                    spans.contains { $0 == origin || $0.contains(origin) }
                }
                return isReached ? OutputLines(path: artifact.path, lines: run.lines) : nil
            }
        }
    }
}
