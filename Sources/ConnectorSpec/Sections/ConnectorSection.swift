package import Diagnostics
package import OAuthModel
package import WebSyntax

/// One entry of `connectors:`, a protected resource and the MCP server behind it.
package struct ConnectorSection: Sendable {
    package enum RootPRM: String, Sendable, CaseIterable { case origin, resource, off }
    package enum Verification: String, Sendable, CaseIterable { case edge, application }
    package enum HostHeader: String, Sendable, CaseIterable { case `public`, upstream }
    package enum CORSOwner: String, Sendable, CaseIterable {
        case application
        /// What stands in front of the server.
        case edge = "nginx"
        case off
    }

    package var name: Located<Name>
    package var publicURL: Located<PublicURL>
    /// Default: the public URL. An origin is possible (origin-wide resource).
    package var resource: Located<PublicURL>?
    /// The advertised `mcp.client_id`; rule CG301 speaks about everything but a value.
    package var clientID: Presence<ClientID>
    /// The MCP server; of several replicas the first.
    package var upstream: Located<UpstreamURL>
    /// Further replicas of it.
    package var replicas: [Located<UpstreamURL>]
    /// False for a server that keeps nothing of a session, or keeps it where every replica finds it.
    package var sessions: Located<Bool>?
    /// Where clients of the older transport (HTTP with SSE) post messages, beside the stream at the public URL.
    package var messagePath: Located<RoutePath>?
    /// What the MCP server reads in `Host`: the host of the public URL, or that of `upstream`.
    package var hostHeader: Located<HostHeader>?
    package var scopes: [Located<ScopeToken>]
    package var aliases: [Located<RoutePath>]
    /// Further hosts that serve this connector under the same path, each a resource of its own.
    package var aliasHosts: [Located<HostName>]
    package var legacyAliases: [LegacyAliasSection]
    package var rootPRM: Located<RootPRM>?
    /// `edge`: nginx asks `connectorgen-auth` before each request (`auth_request`); `application`: the MCP server
    /// checks the token.
    package var verify: Located<Verification>?
    package var allowedOrigins: [Located<WebOrigin>]
    package var cors: Located<CORSOwner>?
    package var serviceTokens: [ServiceTokenSection]
    /// What `aud` of an external issuer's token may be; default the resource.
    package var audiences: [Located<String>]
    /// Who may come, by one of these; default everybody with a token.
    package var admissions: [AdmissionSection]
    package var bearer: BearerSection?
    package var identityHeaders: IdentityHeadersSection?
    /// What `/.well-known/openai-apps-challenge` answers, when OpenAI verifies the domain.
    package var openAIAppsChallenge: Located<ProofText>?
    package var rateLimit: Located<RateLimit>?
    package var maxBody: Located<ByteSize>?
    package var readTimeout: Located<TimeSpan>?
    package var span: Span
}

extension ConnectorSection {
    package enum Default {
        package static let hostHeader = HostHeader.public
        /// Tokens that another server issues are the application's to verify where the spec does not say how the edge
        /// would; the operator's own service tokens are checked at the edge.
        package static func verify(of connector: ConnectorSection, issuer: IssuerSection) -> Verification {
            issuer.mode.value == .external && issuer.verification == nil && connector.serviceTokens.isEmpty
                ? .application : .edge
        }
        package static let cors = CORSOwner.application
        package static let sessions = true
        package static let maxBody = ByteSize.mebibytes(4)
        /// An event stream may be silent for so long.
        package static let readTimeout = TimeSpan.hours(1)
    }

    /// Kept by the decoder too, since it is judged also where the connector is not whole.
    static let clientIDKey = Key<Presence<ClientID>>(
        SpecKey(
            "client_id", .text(.clientID),
            .conditional("required when the registration method predefined is offered or dcr is static-client"),
            "The advertised mcp.client_id; null is an error.", example: "cid_example")
    ) { decoder, section in decoder.clientID("client_id", in: section) }

    /// The addresses of the MCP server: one behind `upstream`, or the list of ``upstreamsKey``.
    static let upstreamKey = Key<[Located<UpstreamURL>]>(
        SpecKey(
            "upstream", .text(.upstreamURL), .conditional("required; or `upstreams`"),
            "Where nginx finds the MCP server; a path is where the public path leads to, and what is below it is below it there too.",
            example: "http://127.0.0.1:3930")
    ) { decoder, section in decoder.upstreams(of: section) }

    static let upstreamsKey = Key<Void>(
        SpecKey(
            "upstreams", .list(.text(.upstreamURL)), .conditional("or `upstream`"),
            "The same for several replicas of one MCP server, which nginx takes in turn; one that does not answer is left out "
                + "for ten seconds.",
            example: "[http://mcp-1:3930, http://mcp-2:3930]")
    ) { _, _ in () }

    static let keys = SectionKeys<Self>(
        "connectors.NAME", "A protected resource and the MCP server behind it.",
        Key("public_url", .publicURL, "What people paste into their client.", example: "https://mcp.example.com/mcp"),
        Key(
            "resource", .publicURL, .optional("public_url"),
            "The resource identifier (RFC 9728, RFC 8707), also the audience.",
            example: "https://mcp.example.com/mcp"),
        clientIDKey,
        upstreamKey, upstreamsKey,
        Key(
            "sessions", .boolean, .standard(Default.sessions),
            "Whether the MCP server keeps sessions (`Mcp-Session-Id`) in its own memory; of several replicas one then has "
                + "all requests of a person.",
            example: "false"),
        Key(
            "message_path", .path, .optional("none"),
            "Where clients of the older transport (HTTP with SSE, at the public URL) post messages: a second public path, "
                + "which the MCP server has under the same name.",
            example: "/messages"),
        Key(
            "host_header", .choice(HostHeader.self), .standard(Default.hostHeader),
            "What the MCP server reads in `Host`: the host of `public_url`, or its own (of `upstream`), "
                + "for one that refuses others with 421 or 403.", example: "upstream"),
        Key("scopes", .list(.scope), .optional("none"), "Scopes of this resource.", example: "[mcp.tools]"),
        Key(
            "aliases", .list(.path), .optional("none"),
            "Further paths on the same host, each a resource with its own documents.", example: "[/mcp2]"),
        Key(
            "alias_hosts", .list(.host), .optional("none"),
            "Further hosts that serve this connector under the same path.", example: "[mcp.example.net]"),
        Key(
            "legacy_aliases", .list(.section(LegacyAliasSection.keys)), .optional("none"),
            "Old endpoint families: served, never advertised.",
            example: "[{ path: /api/connector/oauth, sunset: 2027-03-31 }]"),
        Key(
            "root_prm", .choice(RootPRM.self), .optional("origin on a host with one resource, else off"),
            "The resource that the host's root document describes.", example: "origin"),
        Key(
            "verify", .choice(Verification.self),
            .optional(
                "edge; application where another server issues the tokens and issuer.verification is not written"),
            "Who checks tokens: nginx by connectorgen-auth, or the MCP server.", example: "edge"),
        Key(
            "allowed_origins", .list(.origin), .optional("none"), "Pages that may call the transport.",
            example: "[https://chatgpt.com]"),
        Key(
            "cors", .choice(CORSOwner.self), .standard(Default.cors), "Who answers cross-origin requests.",
            example: "nginx"),
        Key(
            "service_tokens", .list(.section(ServiceTokenSection.keys)), .optional("none"),
            "Bearer tokens of programs of your own, which sign in nowhere.",
            example: "[{ label: bridge, token: { env: BRIDGE_TOKEN } }]"),
        Key(
            "audience", .list(.plain), .optional("the resource alone"),
            "What `aud` of an external issuer's token may be. Whatever the issuer gives out for another service with such an "
                + "audience opens this connector too.",
            example: "[\"api://example\"]"),
        Key(
            "allow", .list(.section(AdmissionSection.keys)), .optional("everybody with a token"),
            "Who may come, by one of these ways (`verify: edge`).",
            example: "[{ group: mcp-users }, { subject: alice }]"),
        Key(
            "bearer", .section(BearerSection.keys), .optional("none"),
            "Tokens of the application's own beside those of the issuer.", example: "{ pass: [pat_] }"),
        Key(
            "identity_headers", .section(IdentityHeadersSection.keys), .optional("X-MCP-Subject and its like"),
            "By which names the MCP server learns who is calling.", example: "{ subject: X-User-Id }"),
        Key(
            "openai_apps_challenge", .proofText, .optional("none"),
            "What `/.well-known/openai-apps-challenge` answers while OpenAI verifies the domain.",
            example: "openai-verify-example"),
        Key(
            "rate_limit", .rateLimit, .optional("none"), "Requests per client address.", example: "10/s burst 20"),
        Key("max_body", .byteSize, .standard(Default.maxBody), "Largest request body.", example: "4m"),
        Key(
            "read_timeout", .timeSpan, .standard(Default.readTimeout), "How long a stream may be silent.",
            example: "1h")
    ) {
        section, publicURL, resource, clientID, upstreams, _, sessions, messagePath, hostHeader, scopes, aliases,
        aliasHosts, legacyAliases,
        rootPRM, verify, allowedOrigins, cors, serviceTokens, audiences, admissions, bearer, identityHeaders, challenge,
        rateLimit, maxBody, readTimeout in
        guard let name = section.name, let upstream = upstreams.first else { return nil }
        return ConnectorSection(
            name: name, publicURL: publicURL, resource: resource, clientID: clientID, upstream: upstream,
            replicas: Array(upstreams.dropFirst()), sessions: sessions, messagePath: messagePath,
            hostHeader: hostHeader, scopes: scopes ?? [], aliases: aliases ?? [], aliasHosts: aliasHosts ?? [],
            legacyAliases: legacyAliases ?? [], rootPRM: rootPRM, verify: verify,
            allowedOrigins: allowedOrigins ?? [], cors: cors, serviceTokens: serviceTokens ?? [],
            audiences: audiences ?? [], admissions: admissions ?? [], bearer: bearer,
            identityHeaders: identityHeaders, openAIAppsChallenge: challenge, rateLimit: rateLimit,
            maxBody: maxBody, readTimeout: readTimeout,
            span: section.span)
    }
}
