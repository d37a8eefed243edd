package import ConnectorSpec
package import Diagnostics
package import OAuthModel
package import RuntimeConfig
package import WebSyntax

/// One protected resource: a connector, or an alias of one with a URL of its own.
package struct ResourcePlan: Sendable {
    @Derived package var connector: String
    /// Index of the connector's section in the spec's `connectors`.
    package var sectionIndex: Int
    /// True for path aliases and alias hosts.
    package var isAlias: Bool
    /// What users paste; the URL of the transport.
    @Derived package var publicURL: String
    /// RFC 9728 `resource`, RFC 8707 `resource`, `aud`: the same bytes.
    @Derived package var resource: String
    @Derived package var host: String
    /// Path of the transport: `/mcp`, or `/`.
    @Derived package var path: String
    /// `https://host[:port]`
    @Derived package var origin: String
    /// What the root metadata of its host says of it; `off` where it has none.
    package var rootMetadata: ConnectorSection.RootPRM
    /// Path-inserted RFC 9728 URL, which challenges name.
    @Derived package var metadataURL: String
    /// Further spellings of the one canonical resource that the server accepts: the origin that the root document
    /// names.
    package var equivalentIdentifiers: [String]
    @Derived package var clientID: String?
    /// What the metadata and the challenge name; never `offline_access`.
    @Derived package var scopes: [String]
    @Derived package var upstream: UpstreamURL
    /// Further replicas of the MCP server.
    package var replicas: [UpstreamURL]
    /// True where a session lives in one replica, which then has to get all of its requests.
    package var keepsSessions: Bool
    /// Where clients of the older transport post messages, on the same host; nil for an alias, whose clients are told
    /// the same path.
    package var messagePath: String?
    /// Which host it reads in `Host`.
    package var hostHeader: ConnectorSection.HostHeader
    package var verification: ConnectorSection.Verification
    /// What `aud` of another issuer's token may be; empty for the resource alone.
    package var audiences: [String]
    /// Who may come, by one of these; empty for everybody with a token.
    package var admissions: [RuntimeConfig.Admission]
    /// How tokens begin that go to the application untouched.
    package var passedPrefixes: [String]
    /// By which names the application learns who is calling.
    package var identityNames: IdentityNames
    package var corsOwner: ConnectorSection.CORSOwner
    @Derived package var allowedOrigins: [String]
    package var rateLimit: RateLimit?
    /// Bytes.
    package var maxBody: Int
    /// Seconds.
    package var readTimeout: Int
    package var legacyAliases: [LegacyAlias]
    /// What the host answers while OpenAI verifies that it is ours; on the connector's own host alone.
    package var openAIAppsChallenge: Located<ProofText>?

    /// The path of the transport at the upstream; nil where requests keep the path that they came with.
    package var mappedPath: String? { upstream.path == path ? nil : upstream.path }

    /// True where the edge needs the private listener of `connectorgen-auth`: it asks there about tokens, and has
    /// preflights answered.
    package var usesPrivateListener: Bool { verification == .edge || corsOwner == .edge }
}

extension ResourcePlan {
    /// What `aud` must contain.
    package var audience: Derived<String> { $resource.map("connector.resource: the same bytes") { $0 } }

    /// What `aud` may contain: the resource, then the client id.
    var ownAudiences: Derived<[String]> {
        Derived(
            [resource] + (clientID.map { [$0] } ?? []), "connector.resource and connector.client_id",
            from: $resource.origins + $clientID.origins)
    }

    /// The host of the upstream; nil for a Unix socket.
    var upstreamHost: Derived<String>? {
        guard case .tcp(let host, _) = upstream.address else { return nil }
        return $upstream.map("connector.upstream: its host") { _ in host }
    }

    var upstreamPort: Derived<Int>? {
        guard case .tcp(_, let port) = upstream.address else { return nil }
        return $upstream.map("connector.upstream: its port") { _ in port }
    }

    /// The path of the transport at the upstream.
    var upstreamPath: Derived<String> {
        guard let mapped = upstream.path else {
            return $path.map("the path of connector.public_url, since connector.upstream has none") { $0 }
        }
        return Derived(
            mapped,
            "connector.upstream: its path; that of connector.public_url leads to it, and what is below the one to what is below the other",
            from: $upstream.origins + $publicURL.origins)
    }

    var requiresAuth: Derived<Bool> {
        $publicURL.map(.default("every connector asks for a token")) { _ in true }
    }
}

/// An endpoint path that is served and never advertised.
package struct LegacyAlias: Sendable {
    package var path: String
    package var endpoint: EndpointName
    package var sunset: CalendarDate
    package var defaultClient: Located<ClientID>?
    package var origins: [Span]
}
