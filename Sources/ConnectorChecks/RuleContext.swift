package import ConnectorPlan
package import ConnectorSpec
package import Diagnostics
package import OAuthModel

/// What rules look at: as much of the spec as could be read, and the plan when there is one.
package struct RuleContext: Sendable {
    package let draft: PartialSpec
    /// Nil when nothing can be planned; rules on the draft run all the same. Of a spec with errors it is the plan of
    /// what could be read (see ``Rule/reads``).
    package let plan: DeploymentPlan?
    package let sources: SourceMap
    package let clients: ClientCatalogue
    package let presets: PresetCatalogue
    package let providers: ProviderCatalogue
    /// The day of the check; nil where none is given.
    package let today: CalendarDate?
    /// What is deployed, where it was given.
    package let observed: Observed

    package init(
        draft: PartialSpec, plan: DeploymentPlan?, sources: SourceMap, clients: ClientCatalogue = .builtin,
        presets: PresetCatalogue = .builtin, providers: ProviderCatalogue = .builtin,
        today: CalendarDate? = nil, observed: Observed = .nothing
    ) {
        self.draft = draft
        self.plan = plan
        self.sources = sources
        self.clients = clients
        self.presets = presets
        self.providers = providers
        self.today = today
        self.observed = observed
    }

    /// The profiles that the spec enables, each once, in the order of the catalogue.
    var enabledProfiles: [ClientProfile] {
        let named = draft.clients.filter { $0.status?.value != .ignored }.compactMap(\.profile)
        let enabled = Set(named.compactMap { clients.profile(named: $0.value)?.name })
        return clients.profiles.filter { enabled.contains($0.name) }
    }

    /// The names of the enabled clients that ask from their vendor's network: they reach the public internet alone, and
    /// all their users share a few addresses.
    var hostedClients: [String] { enabledProfiles.filter(\.isHosted).map(\.name) }
}

extension DeploymentPlan {
    /// Each connector of the spec with what was derived from it, without its aliases.
    var connectors: some Sequence<(section: ConnectorSection, resource: ResourcePlan)> {
        zip(spec.connectors, resources.lazy.filter { !$0.isAlias }).lazy.map { (section: $0, resource: $1) }
    }
}
