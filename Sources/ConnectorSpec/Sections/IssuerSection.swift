package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `issuer:`, who issues tokens, and how clients become known to it.
package struct IssuerSection: Sendable {
    package var url: Located<IssuerURL>
    package var mode: Located<ServerMode>
    /// Where `connectorgen-auth` listens for nginx.
    package var listen: Located<ListenAddress>?
    /// Where it answers verification, health and metrics.
    package var privateListen: Located<ListenAddress>?
    /// Who may connect to it where it listens for other machines: nginx, and nobody else.
    package var trustedProxies: [Located<AddressRange>]
    /// Where nginx finds an external issuer whose URLs are on a host of this deployment.
    package var upstream: Located<UpstreamURL>?
    /// Paths of the issuer's host that lead there, each with what is below it.
    package var routes: [Located<RoutePath>]?
    /// Where the issuer has its documents.
    package var documents: IssuerDocumentsSection?
    package var login: LoginSection?
    /// `users: { file: PATH }`: local logins, lines of `name:argon2id-hash`.
    package var users: Located<SecretReference>?
    /// What becomes of the grants of a local user whose line has another hash.
    package var onPasswordChange: Located<PasswordChange>?
    package var registration: [Located<RegistrationMethod>]?
    package var dcr: Located<DynamicRegistration>?
    /// What may be used up, and by whom.
    package var limits: LimitsSection?
    package var clientDocuments: ClientDocumentsSection?
    /// Pages that a registering client names must be on `trusted_hosts` or `client_uri_hosts`.
    package var enforceClientURIHosts: Located<Bool>?
    /// The server's master key; without it the server makes one beside its SQLite store.
    package var key: Located<SecretReference>?
    package var store: Located<StoreLocation>?
    /// True where `store` is written, also when it could not be read.
    package var hasStore: Bool
    package var tokens: TokensSection?
    /// How tokens of another issuer are verified at the edge.
    package var verification: VerificationSection?
    /// Serve a complete OIDC discovery document too.
    package var openid: Located<Bool>?
    /// `alias`: the AS document at the host's root as well, for clients that look nowhere else.
    package var rootMetadata: Located<RootMetadata>?
    /// Serve `/authorize`, `/token`, `/register` at the origin, unadvertised, where the paths are free.
    package var originFallbacks: Located<Bool>?
    /// Endpoint paths other than `<issuer path>/<name>`, as full paths on the issuer's host.
    package var endpoints: [EndpointName: Located<RoutePath>]
    package var span: Span

    package enum RootMetadata: String, Sendable, CaseIterable { case off, alias }
}

extension IssuerSection {
    package enum Default {
        package static let listen = ListenAddress.loopback(port: 8719)
        package static let privateListen = ListenAddress.loopback(port: 8720)
        package static let onPasswordChange = PasswordChange.endGrants
        package static let enforceClientURIHosts = true
        package static let openid = false
        package static let rootMetadata = RootMetadata.off
        package static let originFallbacks = true
        /// What an external issuer without a path has of its own, by the names that MCP gives them
        /// (authorization, 2025-03-26, fallbacks), and by those of RFC 7009 and RFC 7517.
        package static let routes = ["/authorize", "/token", "/register", "/revoke", "/.well-known/jwks.json"]
    }

    static let keys = SectionKeys<Self>(
        "issuer", "Who issues tokens, and how clients become known to it.",
        Key(
            "url", .issuerURL, "The issuer identifier, the same bytes everywhere.",
            example: "https://mcp.example.com/mcp"),
        Key(
            "mode", .choice(ServerMode.self),
            "`upstream`: the bundled server behind another login; `local`: the bundled server with its own users; "
                + "`external`: an external issuer.", example: "upstream"),
        Key(
            "listen", .listenAddress, .standard(Default.listen), "Where connectorgen-auth listens for nginx.",
            example: "127.0.0.1:8719"),
        Key(
            "private_listen", .listenAddress, .standard(Default.privateListen),
            "Where it answers verification, health and metrics.", example: "127.0.0.1:8720"),
        Key(
            "trusted_proxies", .list(.addressRange),
            .conditional("required when `listen` or `private_listen` is no address of this machine alone"),
            "Who may connect to connectorgen-auth over the network: the addresses of nginx.",
            example: "[172.18.0.0/16]"),
        Key(
            "upstream", .upstreamURL, .optional("none; the issuer is elsewhere, or the site leads to it"),
            "Mode external: where nginx finds the issuer itself, when its URLs are on a host of this deployment. A path is "
                + "where the issuer's own path leads to.", example: "http://127.0.0.1:3003"),
        Key(
            "routes", .list(.path),
            .optional("the issuer's path; without one /authorize, /token, /register, /revoke, /.well-known/jwks.json"),
            "Paths of the issuer's host that lead to `upstream`, each with what is below it.",
            example: "[/oauth, /login]"),
        Key(
            "documents", .section(IssuerDocumentsSection.keys), .optional("where clients ask for them"),
            "Where `upstream` has its documents, when that is not where clients ask for them.",
            example: "{ openid: /.well-known/openid-configuration }"),
        Key(
            "login", .section(LoginSection.keys), .conditional("required in mode upstream"),
            "The provider where people prove who they are.",
            example: "{ provider: supabase, issuer: https://project.supabase.co/auth/v1, client_id: cid_example }"),
        Key(
            "users", .secret, .conditional("required in mode local"),
            "Local logins: where the lines `name:argon2id-hash` are found.",
            example: "{ file: /etc/connectorgen/users }"),
        Key(
            "on_password_change", .choice(PasswordChange.self), .standard(Default.onPasswordChange),
            "What becomes of a local user's grants when the hash changes; signed-in browsers sign in again anyway.",
            example: "keep"),
        Key(
            "registration", .list(.choice(RegistrationMethod.self)), .optional("all three"),
            "The registration methods by which clients become known.", example: "[predefined, cimd, dcr]"),
        Key(
            "dcr", .choice(DynamicRegistration.self),
            .optional("dynamic when the registration method is offered, else off"),
            "What dynamic registration answers: a new client, always the one static client, or nothing.",
            example: "dynamic"),
        Key(
            "client_documents", .section(ClientDocumentsSection.keys),
            .optional("every public host, assertions accepted"),
            "What a client's metadata document may be and do (registration method cimd).",
            example: "{ hosts: [chatgpt.com, claude.ai] }"),
        Key(
            "enforce_client_uri_hosts", .boolean, .standard(Default.enforceClientURIHosts),
            "Pages that a registering client names must be on trusted_hosts or client_uri_hosts.", example: "false"),
        Key(
            "limits", .section(LimitsSection.keys), .optional("those of issuer.limits"),
            "How much unauthenticated callers may use up.", example: "{ registrations: 20/10m }"),
        Key(
            "key", .secret, .conditional("required with a postgres store; else the server makes one beside its store"),
            "The server's master key, at least 32 random bytes.", example: "{ file: /etc/connectorgen/key }"),
        Key(
            "store", .section(StoreLocation.keys), .conditional("required in modes upstream and local"),
            "Where the server keeps grants.", example: "{ sqlite: /var/lib/connectorgen/auth.db }"),
        Key(
            "tokens", .section(TokensSection.keys), .optional(TokensSection.Default.summary),
            "Format and lifetimes of tokens.", example: "{ access_lifetime: 15m }"),
        Key(
            "verification", .section(VerificationSection.keys),
            .conditional("required where `verify: edge` is written for tokens of an external issuer"),
            "How connectorgen-auth verifies the tokens of an external issuer for nginx.", example: "{ jwks: {} }"),
        Key(
            "openid", .boolean, .standard(Default.openid), "Serve a complete OpenID discovery document too.",
            example: "true"),
        Key(
            "root_metadata", .choice(RootMetadata.self), .standard(Default.rootMetadata),
            "`alias`: the authorization server's document at the host's root as well.", example: "alias"),
        Key(
            "origin_fallbacks", .boolean, .standard(Default.originFallbacks),
            "Serve /authorize, /token and /register at the origin, unadvertised, where the paths are free.",
            example: "false"),
        Key(
            "endpoints", .section(endpointKeys), .optional("issuer path and endpoint name"),
            "Endpoint paths other than the derived ones, as full paths on the issuer's host.",
            example: "{ authorize: /oauth2/authorize, token: /oauth2/token }")
    ) {
        section, url, mode, listen, privateListen, trustedProxies, upstream, routes, documents, login, users,
        onPasswordChange, registration, dcr, clientDocuments, enforceClientURIHosts, limits, key, store, tokens,
        verification, openid, rootMetadata, originFallbacks, endpoints in
        IssuerSection(
            url: url, mode: mode, listen: listen, privateListen: privateListen, trustedProxies: trustedProxies ?? [],
            upstream: upstream, routes: routes, documents: documents, login: login, users: users,
            onPasswordChange: onPasswordChange, registration: registration, dcr: dcr, limits: limits,
            clientDocuments: clientDocuments, enforceClientURIHosts: enforceClientURIHosts, key: key, store: store,
            hasStore: section.entry("store") != nil, tokens: tokens, verification: verification, openid: openid,
            rootMetadata: rootMetadata,
            originFallbacks: originFallbacks, endpoints: endpoints ?? [:], span: section.span)
    }

    private static let endpointKeys = SectionKeys<[EndpointName: Located<RoutePath>]>(
        "issuer.endpoints", "Endpoint paths other than the derived ones, as full paths on the issuer's host.",
        each: EndpointName.allCases.map { endpoint in
            Key(
                endpoint.rawValue, .path, .optional("issuer path and /\(endpoint.rawValue)"),
                "Path of the \(endpoint.rawValue) endpoint.", example: "/oauth2/\(endpoint.rawValue)")
        }
    ) { (paths: [Located<RoutePath>?]) in
        zip(EndpointName.allCases, paths).reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
}
