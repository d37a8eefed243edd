package import ConnectorSpec
package import Diagnostics
package import OAuthModel

/// What has to be true in a Keycloak realm; the order of the members is the order of the steps.
package struct KeycloakPlan: Sendable {
    package struct AudienceScope: Sendable {
        /// As the spec has it, or a name of ours.
        @Derived package var name: String
        package var audience: String
        /// The resources of the connector's aliases, which the same scope has to bring into `aud`.
        package var aliasAudiences: [String]
        package var connector: String
        /// The value of the attribute ``ownerAttribute``: the deployment and the connector.
        package var owner: String
        package var origins: [Span]
    }

    /// By it a realm shows which client scopes were made from a spec. An audience goes into no other.
    package static let ownerAttribute = "connectorgen.owner"

    package struct StaticClient: Sendable {
        package var clientID: String
        package var label: String
        package var redirects: [KeycloakRedirect]
        package var scopes: [String]
        package var authMethods: [AuthenticationMethod]
        package var origins: [Span]
    }

    package var realm: String
    package var adminRealm: String
    package var adminClient: String
    package var server: String
    package var version: SoftwareVersion
    package var scopes: [AudienceScope]
    /// How the audience reaches clients that nobody attaches a scope to; nil when the spec admits none such.
    package var defaultScope: KeycloakTarget.DefaultScope?
    /// Whether clients may register themselves. If not, the realm's registration policies are none of our business.
    package var offersRegistration: Bool
    package var trustedHosts: [TrustedHost]
    package var staticClients: [StaticClient]
    package var tolerateAllScopes: Bool
    package var origins: [Span]
}
