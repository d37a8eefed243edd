package import ConnectorSpec
package import Diagnostics
package import RuntimeConfig

/// What has to be true in a Keycloak realm; the order of the members is the order of the steps.
package struct KeycloakPlan: Sendable {
    package struct AudienceScope: Sendable {
        package var name: String
        package var audience: String
        /// The resources of the connector's aliases, which the same scope has to bring into `aud`.
        package var aliasAudiences: [String]
        package var connector: String
        package var origins: [Span]
    }

    package struct StaticClient: Sendable {
        package var clientID: String
        package var label: String
        package var redirects: [String]
        package var scopes: [String]
        package var authMethods: [RuntimeConfig.AuthMethod]
        package var origins: [Span]
    }

    package var realm: String
    package var adminRealm: String
    package var adminClient: String
    package var server: String
    package var version: SoftwareVersion
    package var scopes: [AudienceScope]
    package var defaultScope: KeycloakTarget.DefaultScope
    package var trustedHosts: [String]
    package var staticClients: [StaticClient]
    package var tolerateAllScopes: Bool
    package var origins: [Span]
}
