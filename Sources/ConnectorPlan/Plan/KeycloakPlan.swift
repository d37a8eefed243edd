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
        /// The clients that stand for the connector's resources (RFC 8707), one for each spelling.
        package var resourceClients: [ResourceClient]
        package var connector: String
        /// The value of the attribute ``ownerAttribute``: the deployment and the connector.
        package var owner: String
        package var origins: [Span]
    }

    /// The client that stands for a resource where the server has the feature `resource-indicators`: its attribute
    /// `resource_url` is compared whole, so that each spelling has a client of its own (measured on 26.7.3).
    package struct ResourceClient: Hashable, Sendable {
        package var clientID: String
        package var resource: String
    }

    /// By it a realm shows which scopes, mappers and clients were made from a spec. An audience goes into no other
    /// scope.
    package static let ownerAttribute = "connectorgen.owner"
    /// In a realm's attributes, before the deployment's name: what was added to objects of others.
    package static let recordPrefix = "connectorgen."
    /// Before the names of client profiles, client policies and resource clients, which have no attributes of their own
    /// or are read by people first.
    package func ownName(_ rest: String) -> String { "connectorgen:\(deployment):\(rest)" }

    package struct StaticClient: Sendable {
        package var clientID: String
        package var label: String
        package var redirects: [KeycloakRedirect]
        package var scopes: [String]
        package var authMethods: [AuthenticationMethod]
        /// The deployment, and the connector whose client it is, if it is one's.
        package var owner: String
        package var origins: [Span]
    }

    /// Client ID metadata documents that the realm may fetch.
    package struct ClientDocuments: Sendable {
        /// Hosts of the documents.
        package var hosts: [String]
        /// Hosts of all URLs in them.
        package var urlHosts: [String]
    }

    /// How a client of a profile registers, which `verify.sh` repeats.
    package struct Registration: Sendable {
        package var profile: String
        package var title: String
        package var redirects: [String]
        /// Origins of its pages, empty for one that asks from no browser.
        package var browserOrigins: [String]
        package var origins: [Span]
    }

    package var deployment: String
    package var realm: String
    package var adminRealm: String
    package var adminClient: String
    package var server: String
    package var version: SoftwareVersion
    /// In the order of the spec.
    package var connectors: [String]
    package var scopes: [AudienceScope]
    /// How the audience reaches clients that nobody attaches a scope to; nil when the spec admits none such.
    package var defaultScope: KeycloakTarget.DefaultScope?
    /// Whether clients may register themselves. If not, the realm's registration policies are none of our business.
    package var offersRegistration: Bool
    /// Whether the audience stands in the scope that all clients of the realm keep.
    package var audience: KeycloakTarget.Audience
    package var trustedHosts: [TrustedHost]
    /// Hosts that are trusted for the sake of connectors alone, with those.
    package var ownHosts: [String: [String]]
    /// Origins of pages that register and ask for tokens in a browser.
    package var webOrigins: [String]
    package var registrations: [Registration]
    /// Who may come with a metadata document; nil unless the spec names that registration method.
    package var documents: ClientDocuments?
    package var staticClients: [StaticClient]
    package var tolerateAllScopes: Bool
    /// Each once.
    package var outputs: [KeycloakTarget.Output]
    package var origins: [Span]
}
