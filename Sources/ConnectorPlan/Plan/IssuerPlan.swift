package import OAuthModel
package import WebSyntax

/// The issuer and its endpoints as absolute URLs, ready for comparison byte by byte.
package struct IssuerPlan: Sendable {
    /// Exactly as the spec has it.
    @Derived package var url: String
    @Derived package var mode: ServerMode
    /// True when `connectorgen-auth` issues the tokens: modes `upstream` and `local`.
    package var isBundled: Bool
    /// Where an external issuer is, as far as this deployment's hosts are concerned.
    package var location: Location
    @Derived package var host: String
    /// `https://host[:port]`
    @Derived package var origin: String
    /// `""` or `/mcp`.
    package var path: String
    @Derived package var registrationMethods: [RegistrationMethod]
    @Derived package var dcr: DynamicRegistration
    package var endpoints: EndpointURLs
    /// The same as paths on the issuer's host.
    package var endpointPaths: [EndpointName: String]
    /// Where clients look for the AS document, in their order (RFC 8414 §3.1, OIDC Discovery §4): root, inserted,
    /// appended.
    package var discoveryURLs: [String]
    /// `127.0.0.1:8719` or `unix:/run/connectorgen/auth.sock`.
    @Derived package var listen: ListenAddress
    @Derived package var privateListen: ListenAddress
    @Derived package var scopesSupported: [String]
    /// Whether clients may sign who they are; what the documents advertise and what the server accepts.
    @Derived package var assertions: ClientAssertions
    /// How clients authenticate at the token endpoint, in the words of the metadata.
    package var authMethods: [AuthenticationMethod]

    package enum Location: Sendable {
        /// On a host that is none of ours, or in connectorgen-auth.
        case elsewhere
        /// On a host of ours, where routes lead to its server.
        case routed
        /// On a host of ours, and nothing here leads to it: whatever else the site has must.
        case site
    }
}

extension IssuerPlan {
    /// Where clients look first.
    var metadataURL: Derived<String?> {
        $url.map("issuer.url: path inserted after /.well-known/oauth-authorization-server (RFC 8414 §3.1)") { _ in
            discoveryURLs.first
        }
    }

    /// True for a Keycloak whose requests come through this deployment: its cookies hold what clients send.
    package var isRoutedKeycloak: Bool { location == .routed && KeycloakPaths(issuerPath: path) != nil }

    /// Whether clients may register themselves.
    var dynamicRegistration: Derived<Bool> { $dcr.map("issuer.dcr") { $0 != .off } }
}

/// Absolute URLs of what is served and advertised, by endpoint; of the external issuer in mode `external` where they
/// are known.
package struct EndpointURLs: Sendable {
    package var derived: [EndpointName: Derived<String>]

    package subscript(name: EndpointName) -> String? { derived[name]?.value }
}
