package import ConnectorSpec
package import RuntimeConfig

/// A deployment, resolved: every URL, document, route, variable and Keycloak step, each joined once.
///
/// Everything that is rendered is rendered from here, so that two outputs cannot disagree. Each part
/// names the spans of the spec it came from (`origins`, the most telling first); `explain` and the
/// provenance map are made of them.
package struct DeploymentPlan: Sendable {
    package var name: String
    /// The spec's file name without folders, for banners.
    package var sourceName: String
    package var issuer: IssuerPlan
    /// In spec order; each connector is followed by the resources of its aliases.
    package var resources: [ResourcePlan]
    package var clients: [ClientPlan]
    /// Redirect URIs and patterns that registration allows, of all enabled profiles and predefined clients.
    package var redirects: [RedirectRule]
    package var trustedHosts: [TrustedHost]
    /// Further hosts of the pages that clients name at registration.
    package var clientURIHosts: [TrustedHost]
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
