import OAuthModel
import WebSyntax

extension RuntimeConfig {
    /// The whole file.
    static let codec = ValueCodec.object(
        Member(optional: RootKey.comment, .text, "What wrote the file; says nothing to the server.") { _ in nil },
        Member(
            RootKey.schemaVersion, .number(from: 1, of: "a version"),
            "\(schemaVersion); a server of another version refuses the file."
        ) { _ in schemaVersion },
        Member(RootKey.name, .text, "The deployment, for logs and for the names of keys.", { $0.name }),
        Member(RootKey.mode, .word, "Who proves who people are, and who issues the tokens.", { $0.mode }),
        Member(
            RootKey.issuer, .text(IssuerURL.self),
            "The issuer identifier (RFC 8414 §2); `iss` and the documents carry the same bytes.", { $0.issuer }),
        Member(RootKey.listen, .value, "Where nginx finds the endpoints.", { $0.listen }),
        Member(
            RootKey.privateListen, .value, "Where nginx asks about tokens; also health and metrics.",
            { $0.privateListen }),
        Member(
            optional: RootKey.key, .secret,
            "The master key, from which all others are derived; without it the server makes one beside its store.",
            { $0.key }),
        Member(RootKey.resources, .list(Resource.codec), "The protected resources (RFC 9728).", { $0.resources }),
        Member(
            RootKey.endpoints, .list(Endpoint.codec),
            "Paths on the issuer's host; none in mode `companion`.", { $0.endpoints }),
        Member(RootKey.documents, .list(Document.codec), "The metadata documents.", { $0.documents }),
        Member(
            RootKey.authMethods, .list(.word),
            "How clients authenticate at the token endpoint, as the documents advertise it.", { $0.authMethods }),
        Member(
            RootKey.scopes, .list(.text(ScopeToken.self)),
            "Scopes that belong to no resource, as the documents list them.", { $0.scopes }),
        Member(
            RootKey.openID, .flag, otherwise: false, "ID tokens are issued (OpenID Connect Core §2).", { $0.openID }),
        Member(RootKey.lanes, .list(.word), "How clients may become known.", { $0.lanes }),
        Member(RootKey.dcr, .word, "What the registration endpoint answers (RFC 7591).", { $0.dcr }),
        Member(RootKey.clients, .list(Client.codec), "The predefined clients.", { $0.clients }),
        Member(
            RootKey.redirects, .list(Redirect.codec),
            "Redirect URIs of clients that have none of their own.", { $0.redirects }),
        Member(
            RootKey.trustedHosts, .list(.text),
            "Hosts that clients may be redirected to and may name in every URL of theirs.", { $0.trustedHosts }),
        Member(
            RootKey.pageHosts, .list(.text), "Further hosts for the pages that a client names; never a redirect.",
            { $0.pageHosts }),
        Member(
            RootKey.clientURIsMustMatch, .flag, "Such pages must be on one of those hosts or a trusted one.",
            { $0.clientURIsMustMatch }),
        Member(
            RootKey.clientDocuments, ClientDocuments.codec,
            "Client ID Metadata Documents, and the assertions of their clients.", { $0.clientDocuments }),
        Member(
            RootKey.legacyAliases, .list(Alias.codec), "Endpoint paths that are served and not advertised.",
            { $0.legacyAliases }),
        Member(
            optional: RootKey.login, Login.codec, "The provider that signs people in (mode `upstream`).", { $0.login }),
        Member(optional: RootKey.users, .secret, "The users and their argon2id hashes (mode `local`).", { $0.users }),
        Member(
            RootKey.onPasswordChange, .word, otherwise: .endGrants,
            "What becomes of the grants of a user whose password is another.", { $0.onPasswordChange }),
        Member(optional: RootKey.store, Store.codec, "Where clients, codes, grants and keys are kept.", { $0.store }),
        Member(RootKey.tokens, Tokens.codec, "What tokens are, and how long they last.", { $0.tokens }),
        Member(RootKey.limits, Limits.codec, "How much unauthenticated callers may use up.", { $0.limits }),
        Member(
            RootKey.serviceTokens, .list(ServiceToken.codec), "Bearer tokens of the operator's own programs.",
            { $0.serviceTokens }),
        Member(
            RootKey.domainProofs, .list(DomainProof.codec), "Domain verification tokens, answered as `text/plain`.",
            { $0.domainProofs })
    ) {
        _, _, name, mode, issuer, listen, privateListen, key, resources, endpoints, documents, authMethods,
        scopes, openID, lanes, dcr, clients, redirects, trustedHosts, pageHosts, clientURIsMustMatch, clientDocuments,
        legacyAliases, login, users, onPasswordChange, store, tokens, limits, serviceTokens, domainProofs in
        RuntimeConfig(
            name: name, mode: mode, issuer: issuer, listen: listen, privateListen: privateListen, resources: resources,
            endpoints: endpoints, documents: documents, authMethods: authMethods, scopes: scopes, openID: openID,
            lanes: lanes, dcr: dcr, clients: clients, redirects: redirects, trustedHosts: trustedHosts,
            legacyAliases: legacyAliases, login: login, users: users, onPasswordChange: onPasswordChange, store: store,
            tokens: tokens, key: key, pageHosts: pageHosts,
            clientURIsMustMatch: clientURIsMustMatch, clientDocuments: clientDocuments, limits: limits,
            serviceTokens: serviceTokens, domainProofs: domainProofs)
    }
}

extension RuntimeConfig.Resource {
    static let codec = ValueCodec.object(
        Member(ResourceKey.name, .text, "The connector.", { $0.name }),
        Member(
            ResourceKey.resource, .text(PublicURL.self),
            "The resource identifier (RFC 9728 §1.2, RFC 8707 §2); `aud` has the same bytes.", { $0.resource }),
        Member(
            ResourceKey.spellings, .list(.text),
            "Further texts that requests may name it by: the origin, where the root document says that.",
            { $0.spellings }),
        Member(
            ResourceKey.metadataURL, .metadataURL, "Where `resource_metadata` of a challenge points (RFC 9728 §5.1).",
            { $0.metadataURL }),
        Member(ResourceKey.scopes, .list(.text(ScopeToken.self)), "Its scopes.", { $0.scopes }),
        Member(
            optional: ResourceKey.clientID, .text(ClientID.self), "The client id that it advertises.", { $0.clientID }),
        Member(
            ResourceKey.allowedOrigins, .list(.text(WebOrigin.self)), "Origins whose pages may call it.",
            { $0.allowedOrigins })
    ) {
        Self(
            name: $0, resource: $1, metadataURL: $3, scopes: $4, clientID: $5, allowedOrigins: $6, spellings: $2)
    }
}

extension RuntimeConfig.Endpoint {
    static let codec = ValueCodec.object(
        Member(EndpointKey.name, .word, "Which endpoint.", { $0.name }),
        Member(EndpointKey.path, .text(RoutePath.self), "Its path on the issuer's host.", { $0.path })
    ) { Self(name: $0, path: $1) }
}

extension RuntimeConfig.Document {
    static let codec = ValueCodec.object(
        Member(DocumentKey.kind, .word, "Which document.", { $0.kind }),
        Member(DocumentKey.etag, .text, "The entity tag of the body, with its quotes (RFC 9110 §8.8.3).", { $0.etag }),
        Member(
            DocumentKey.locations, .list(Location.codec), "Where it is served; nginx answers the same bytes there.",
            { $0.locations }),
        Member(DocumentKey.body, .document, "The document itself.", { $0.body })
    ) { Self(kind: $0, body: $3, etag: $1, locations: $2) }
}

extension RuntimeConfig.Document.Location {
    static let codec = ValueCodec.object(
        Member(LocationKey.host, .text, "A host name, without port.", { $0.host }),
        Member(LocationKey.path, .text(RoutePath.self), "An exact path.", { $0.path })
    ) { Self(host: $0, path: $1) }
}

extension RuntimeConfig.Client {
    static let codec = ValueCodec.object(
        Member(ClientKey.id, .text(ClientID.self), "The client identifier.", { $0.id }),
        Member(ClientKey.label, .text, "What people read.", { $0.label }),
        Member(ClientKey.status, .word, "What it may do.", { $0.status }),
        Member(
            ClientKey.authMethods, .list(.word), "How it may authenticate; with a secret of no stated method, by both.",
            { $0.authMethods }),
        Member(optional: ClientKey.secret, .secret, "Its secret.", { $0.secret }),
        Member(
            optional: ClientKey.keysURL, .text(PublicURL.self), "Its public keys, of a client of `private_key_jwt`.",
            { $0.keysURL }),
        Member(
            ClientKey.scopes, .list(.text(ScopeToken.self)), "Scopes that it may be granted; empty for all.",
            { $0.scopes }),
        Member(
            ClientKey.introspects, .flag, "A resource server, which may ask about tokens of others (RFC 7662).",
            { $0.introspects }),
        Member(
            ClientKey.redirects, .list(RuntimeConfig.Redirect.codec), "Its own; empty for those of the deployment.",
            { $0.redirects })
    ) {
        Self(
            id: $0, label: $1, status: $2, authMethods: $3, secret: $4, redirects: $8, keysURL: $5, scopes: $6,
            introspects: $7)
    }
}

extension RuntimeConfig.Redirect {
    static let codec = ValueCodec.object(
        Member(RedirectKey.uri, .text, "A redirect URI, or a pattern of one.", { $0.uri }),
        Member(RedirectKey.match, .word, "How it is compared.", { $0.match })
    ) { Self(uri: $0, match: $1) }
}

extension RuntimeConfig.Alias {
    static let codec = ValueCodec.object(
        Member(AliasKey.path, .text(RoutePath.self), "The path.", { $0.path }),
        Member(AliasKey.endpoint, .word, "Which endpoint it leads to.", { $0.endpoint }),
        Member(AliasKey.sunset, .value, "From this day on it answers 410 (RFC 8594).", { $0.sunset }),
        Member(
            optional: AliasKey.defaultClient, .text(ClientID.self), "Whose a request without `client_id` is.",
            { $0.defaultClient })
    ) { Self(path: $0, endpoint: $1, sunset: $2, defaultClient: $3) }
}
