import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// A zone that counts the requests of each address.
struct NginxLimitZone: Sendable {
    let name: String
    /// `10r/s`
    let rate: String
    let burst: Int
    /// What is counted, for the comment above it.
    let purpose: String
    let origins: [Span]

    /// What a location says whose requests it counts.
    func limit() throws(Unrepresentable) -> NginxDirective {
        let more: [NginxArgument] = burst > 0 ? [try .literal("burst=\(burst)"), "nodelay"] : []
        return NginxDirective("limit_req", [try .literal("zone=\(name)")] + more)
    }
}

extension NginxLimitZone {
    init(_ limit: Located<RateLimit>, of section: ConnectorSection, in plan: DeploymentPlan) {
        self.init(
            name: "\(plan.name)_\(section.name.value.text)",
            rate: "\(limit.value.requests)r/\(limit.value.unit.rawValue)", burst: limit.value.burst,
            purpose: "requests of one address", origins: [limit.span])
    }

    /// As many at once as connectorgen-auth takes in its stretch of time, and then as many as come back in a minute.
    /// Nil where no route leads to the registration of an external issuer.
    init?(registrationsOf plan: DeploymentPlan) {
        let counted = plan.edge.hosts.lazy.flatMap(\.routes).first(where: \.registersClients)
        guard let counted else { return nil }
        let quota = LimitsSection.Default.registrations
        // Connectors have no underscore in their names.
        self.init(
            name: "\(plan.name)_issuer_registrations", rate: "\(max(1, quota.requests * 60 / quota.seconds))r/m",
            burst: quota.requests - 1, purpose: "registrations of one address", origins: counted.origins)
    }
}
