package import ConnectorSpec
import Diagnostics
import OAuthModel
package import RuntimeConfig

/// A deployment, resolved: every URL, document, route, variable and Keycloak step, each joined once.
///
/// Everything that is rendered is rendered from here, so that two outputs cannot disagree. A value is ``Derived``: it
/// has its rule and the spans of the spec it came from. What stands for a whole thing (a route, a client) names such
/// spans too (`origins`, the most telling first). `explain` and the provenance map are made of them.
package struct DeploymentPlan: Sendable {
    @Derived package var name: String
    /// The spec's file name without folders, for banners.
    package var sourceName: String
    package var issuer: IssuerPlan
    /// Where people prove who they are, where the spec says so.
    package var login: LoginPlan?
    package var policies: PolicyPlan
    /// In spec order; each connector is followed by the resources of its aliases.
    package var resources: [ResourcePlan]
    package var clients: [ClientPlan]
    /// Redirect URIs and patterns that registration allows, of all enabled profiles and predefined clients.
    @Derived package var redirects: [RedirectRule]
    @Derived package var trustedHosts: [TrustedHost]
    /// Further hosts of the pages that clients name at registration.
    @Derived package var clientURIHosts: [TrustedHost]
    package var documents: [MetadataDocument]
    package var edge: EdgePlan
    package var nginx: NginxPlan?
    package var environment: [EnvironmentFile]
    package var keycloak: KeycloakPlan?
    /// What `connectorgen-auth` reads.
    package var runtime: RuntimeConfig
    /// What it was made from; `explain` tells by it what was written and what was left to a default.
    package var spec: Spec
}

extension DeploymentPlan {
    /// The resources whose clients post to the message path of one: itself, and its aliases on the same host, whose
    /// streams name that path too. Indices, its own first.
    package func resources(postingTo index: Int) -> [Int] {
        let aliases = resources.indices.dropFirst(index + 1).prefix { resources[$0].isAlias }
        return [index] + aliases.filter { resources[$0].host == resources[index].host }
    }

    /// True when connectorgen-auth has something to do here.
    package var needsServer: Bool {
        issuer.isBundled
            || resources.contains { $0.verification == .edge || (nginx != nil && $0.usesPrivateListener) }
            || nginx?.metadata == .proxied
    }

    /// Ids of the predefined clients that are accepted.
    var clientIDs: Derived<[String]> {
        Derived(
            clients.filter { $0.status != .ignored }.compactMap(\.id), "connectors.*.client_id and clients",
            from: clients.flatMap(\.origins))
    }
}
