import ConnectorSpec
import WebSyntax

extension DeploymentPlan {
    /// Every value with a name, in the order of the reference page.
    package static let properties: [PlanProperty] =
        PlanProperty.deployment + PlanProperty.issuer + PlanProperty.policies + PlanProperty.endpoints
        + PlanProperty.connector

    private static let propertiesByName = Dictionary(
        properties.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// True for the names of `properties`, also in the form `connectors.NAME.…`.
    package static func isPlanKey(_ name: String) -> Bool { propertiesByName[canonical(name).key] != nil }

    /// The value behind a key; `connector` is whom `connector.…` means, nil where there is one connector.
    package func value(forKey name: String, connector: String? = nil) -> PlanValue? {
        let (key, named) = Self.canonical(name)
        let wanted = named ?? connector
        let sections = spec.connectors
        let index =
            wanted.map { wanted in sections.firstIndex { $0.name.value.text == wanted } }
            ?? (sections.count == 1 ? 0 : nil)
        return value(forKey: key, of: resources.first { !$0.isAlias && $0.sectionIndex == index })
    }

    /// The same where it is known which resource `connector.…` means.
    func value(forKey key: String, of resource: ResourcePlan?) -> PlanValue? {
        Self.propertiesByName[key]?.value(self, resource)
    }

    /// `connectors.mcp.resource` is `connector.resource` of `mcp`.
    private static func canonical(_ name: String) -> (key: String, connector: String?) {
        let parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "connectors" else { return (name, nil) }
        return ("connector.\(parts[2])", String(parts[1]))
    }
}
