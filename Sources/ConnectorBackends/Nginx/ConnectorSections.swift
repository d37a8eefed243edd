import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// The connectors of the spec, by resource: aliases speak for the connector that they belong to.
struct ConnectorSections {
    let all: [ConnectorSection]
    private let resources: [ResourcePlan]

    init(_ plan: DeploymentPlan) {
        all = plan.spec.connectors
        resources = plan.resources
    }

    /// What a part of the sections of some resources came from; each section once, in the order of the spec.
    func spans(of indices: [Int], _ part: (ConnectorSection) -> [Span]) -> [Span] {
        var last = -1
        var spans: [Span] = []
        for index in indices.map({ resources[$0].sectionIndex }).sorted() where index != last {
            last = index
            spans += part(all[index])
        }
        return spans
    }

    /// The same of all resources.
    func spans(_ part: (ConnectorSection) -> [Span]) -> [Span] { all.flatMap(part) }
}
