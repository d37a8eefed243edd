/// The name of one value of the plan: what `{ from: KEY }` and the presets may name, and what
/// `connectorgen explain SPEC:KEY` shows.
///
/// Names follow the keys of the spec where the spec has one. `connector.…` means the connector that an
/// env file speaks of; `connectors.NAME.…` says the same of a connector by its name.
package struct PlanKey: Sendable {
    package let name: String
    /// One line for the reference page.
    package let summary: String
    /// What it stands for; nil where the deployment has no such value.
    let resolve: @Sendable (KeyScope) -> PlanValue?

    init(_ name: String, _ summary: String, _ resolve: @escaping @Sendable (KeyScope) -> PlanValue?) {
        self.name = name
        self.summary = summary
        self.resolve = resolve
    }
}
