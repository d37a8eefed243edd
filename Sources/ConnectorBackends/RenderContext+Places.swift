import ConnectorPlan
package import Diagnostics

extension RenderContext {
    /// `connector.yaml:31`, where the most telling of some places stands, for comments.
    package func place(of origins: [Span]) -> String {
        guard let span = origins.first else { return plan.sourceName }
        return "\(plan.sourceName):\(sources[span.file].position(at: span.start).line)"
    }
}
