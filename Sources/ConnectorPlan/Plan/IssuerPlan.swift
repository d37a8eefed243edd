import ConnectorSpec
package import Diagnostics
package import OAuthModel
package import WebSyntax

/// The issuer and its endpoints as absolute URLs, ready for comparison byte by byte.
package struct IssuerPlan: Sendable {
    /// Exactly as the spec has it.
    package var url: String
    package var mode: ServerMode
    /// True when `connectorgen-auth` issues the tokens: modes `upstream` and `local`.
    package var isBundled: Bool
    /// Where an external issuer is, as far as this deployment's hosts are concerned.
    package var location: Location
    package var host: String
    /// `""` or `/mcp`.
    package var path: String
    package var lanes: [RegistrationMethod]
    package var dcr: DynamicRegistration
    /// Absolute URLs of what is served and advertised, by endpoint; of the external issuer in mode `external` where they are known.
    package var endpoints: [EndpointName: String]
    /// The same as paths on the issuer's host.
    package var endpointPaths: [EndpointName: String]
    /// Where clients look for the AS document, in their order (RFC 8414 §3.1, OIDC Discovery §4): root, inserted, appended.
    package var discoveryURLs: [String]
    /// `127.0.0.1:8719` or `unix:/run/connectorgen/auth.sock`.
    package var listen: ListenAddress
    package var privateListen: ListenAddress
    package var scopesSupported: [String]
    /// Whether clients may sign who they are; what the documents advertise and what the server accepts.
    package var assertions: ClientAssertions
    /// How clients authenticate at the token endpoint, in the words of the metadata.
    package var authMethods: [AuthenticationMethod]
    package var origins: [Span]

    package enum Location: Sendable {
        /// On a host that is none of ours, or in connectorgen-auth.
        case elsewhere
        /// On a host of ours, where routes lead to its server.
        case routed
        /// On a host of ours, and nothing here leads to it: whatever else the site has must.
        case site
    }
}
