import ConnectorSpec

extension DeploymentPlan {
    /// Every key there is, in the order of the reference page.
    package static let planKeys: [PlanKey] =
        PlanKey.deployment + PlanKey.issuer + PlanKey.policies + PlanKey.endpoints + PlanKey.connector

    private static let keysByName = Dictionary(
        planKeys.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// True for the names of `planKeys`, also in the form `connectors.NAME.…`.
    package static func isPlanKey(_ name: String) -> Bool { keysByName[canonical(name).key] != nil }

    /// The value behind a key; `connector` is whom `connector.…` means, nil where there is one connector.
    package func value(forKey name: String, connector: String? = nil) -> PlanValue? {
        let (key, named) = Self.canonical(name)
        let wanted = named ?? connector
        let sections = spec.connectors
        let index =
            wanted.map { wanted in sections.firstIndex { $0.name.value.text == wanted } }
            ?? (sections.count == 1 ? 0 : nil)
        let scope = index.flatMap { index in
            resources.firstIndex { !$0.isAlias && $0.connector == sections[index].name.value.text }
                .map { ConnectorScope(section: sections[index], resource: resources[$0]) }
        }
        return KeyScope(plan: self, connector: scope).value(forKey: key)
    }

    /// The key itself, for a scope that has its connector already.
    static func planKey(_ name: String) -> PlanKey? { keysByName[name] }

    /// `connectors.mcp.resource` is `connector.resource` of `mcp`.
    private static func canonical(_ name: String) -> (key: String, connector: String?) {
        let parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "connectors" else { return (name, nil) }
        return ("connector.\(parts[2])", String(parts[1]))
    }
}

/// What a key is looked up in.
struct KeyScope: Sendable {
    let plan: DeploymentPlan
    /// Whom `connector.…` means, when it means one.
    let connector: ConnectorScope?

    var issuer: IssuerSection { plan.spec.issuer }

    func value(forKey name: String) -> PlanValue? { DeploymentPlan.planKey(name)?.resolve(self) }
}

struct ConnectorScope: Sendable {
    let section: ConnectorSection
    let resource: ResourcePlan
}
