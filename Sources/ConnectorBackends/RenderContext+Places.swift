import ConnectorPlan
package import Diagnostics

extension RenderContext {
    /// What banners say that an output was made from: two environments of one spec are two sources.
    package var bannerSource: String {
        plan.sourceName + (environment.map { ", environment \($0)" } ?? "")
    }

    /// `connector.yaml:31`, where the most telling of some places stands, for comments.
    package func place(of origins: [Span]) -> String {
        guard let span = origins.first else { return plan.sourceName }
        return "\(plan.sourceName):\(sources[span.file].position(at: span.start).line)"
    }
}
