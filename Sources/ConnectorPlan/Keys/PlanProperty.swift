/// A value of the plan by its name: what `{ from: KEY }` and the presets may name, and what
/// `connectorgen explain SPEC:KEY` shows.
///
/// Names follow the keys of the spec where the spec has one. `connector.…` means the connector that an
/// env file speaks of; `connectors.NAME.…` says the same of a connector by its name. What a value is and how it came
/// about is the plan's own (``Derived``); here it has its name.
package struct PlanProperty: Sendable {
    package let name: String
    /// One line for the reference page.
    package let summary: String
    /// The value in a plan and, for `connector.…`, of one resource; nil where the deployment has no such value.
    let value: @Sendable (DeploymentPlan, ResourcePlan?) -> PlanValue?

    /// A value of the deployment; `separator` stands between several values where one text is needed.
    init<Value: Explained>(
        _ name: String, _ summary: String, _ path: any KeyPath<DeploymentPlan, Value> & Sendable,
        separator: String = ","
    ) {
        self.name = name
        self.summary = summary
        value = { plan, _ in plan[keyPath: path].planValue(of: nil, separator: separator) }
    }

    /// A value of one connector.
    static func connector<Value: Explained>(
        _ name: String, _ summary: String, _ path: any KeyPath<ResourcePlan, Value> & Sendable,
        separator: String = ","
    ) -> PlanProperty {
        PlanProperty(name: "connector.\(name)", summary: summary) { _, resource in
            resource.flatMap { $0[keyPath: path].planValue(of: $0.connector, separator: separator) }
        }
    }

    private init(
        name: String, summary: String, value: @escaping @Sendable (DeploymentPlan, ResourcePlan?) -> PlanValue?
    ) {
        self.name = name
        self.summary = summary
        self.value = value
    }
}
