package import ConnectorPlan
package import ConnectorSpec
package import Diagnostics

/// What rules look at: as much of the spec as could be read, and the plan when there is one.
package struct RuleContext: Sendable {
    package let draft: SpecDraft
    /// Nil when the spec cannot be planned; rules on the draft run all the same.
    package let plan: DeploymentPlan?
    package let sources: SourceMap
    package let clients: ClientCatalogue

    package init(draft: SpecDraft, plan: DeploymentPlan?, sources: SourceMap, clients: ClientCatalogue = .builtin) {
        self.draft = draft
        self.plan = plan
        self.sources = sources
        self.clients = clients
    }
}
