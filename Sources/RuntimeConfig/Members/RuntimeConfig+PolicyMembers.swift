import OAuthModel
import WebSyntax

extension RuntimeConfig.Login {
    static let codec = ValueCodec.object(
        Member(LoginKey.provider, .word, "Whose peculiarities it has.", { $0.provider }),
        Member(LoginKey.issuer, .text(IssuerURL.self), "The provider's issuer identifier.", { $0.issuer }),
        Member(LoginKey.clientID, .text(ClientID.self), "The static client that it knows us by.", { $0.clientID }),
        Member(optional: LoginKey.clientSecret, .secret, "The secret of that client.", { $0.clientSecret }),
        Member(LoginKey.scopes, .list(.text(ScopeToken.self)), "Scopes that are asked for.", { $0.scopes }),
        Member(
            LoginKey.parameters, .list(Parameter.codec), "Further parameters of the authorization request, in order.",
            { $0.parameters })
    ) {
        Self(provider: $0, issuer: $1, clientID: $2, clientSecret: $3, scopes: $4, parameters: $5)
    }
}

extension RuntimeConfig.Login.Parameter {
    static let codec = ValueCodec.object(
        Member(ParameterKey.name, .text, "The parameter.", { $0.name }),
        Member(ParameterKey.value, .text, "Its value.", { $0.value })
    ) { Self(name: $0, value: $1) }
}

extension ValueCodec<SecretReference> {
    static let secret = choice(
        [.environment, .file],
        help: "write {\"env\": NAME} or {\"file\": PATH}; a secret itself never stands in this file")
}

extension ValueCodec<SecretReference>.Case {
    static let environment = Self(
        SecretKey.env, .value, "The environment variable that holds it.", make: { .environment($0) },
        payload: { if case .environment(let name) = $0 { name } else { nil } })
    static let file = Self(
        SecretKey.file, .text(FilePath.self), "The file that holds it.", make: { .file($0) },
        payload: { if case .file(let path) = $0 { path } else { nil } })
}

extension RuntimeConfig.Store {
    static let codec = ValueCodec<Self>.choice([
        .init(
            StoreKey.sqlite, .text(FilePath.self), "The file of a SQLite database.", make: { .sqlite(path: $0) },
            payload: { if case .sqlite(let path) = $0 { path } else { nil } }),
        .init(
            StoreKey.postgres, .secret, "The connection string of a PostgreSQL database.", make: { .postgres($0) },
            payload: { if case .postgres(let secret) = $0 { secret } else { nil } }),
    ])
}

extension RuntimeConfig.Tokens {
    static let codec = ValueCodec.object(
        Member(TokensKey.format, .word, "What an access token is.", { $0.format }),
        Member(TokensKey.accessLifetime, .seconds, "How long an access token lasts.", { $0.accessLifetime }),
        Member(TokensKey.refreshLifetime, .seconds, "How long a refresh token lasts unused.", { $0.refreshLifetime }),
        Member(
            TokensKey.grantLifetime, .seconds, "From the consent on; no token of the grant outlives it.",
            { $0.grantLifetime })
    ) { Self(format: $0, accessLifetime: $1, refreshLifetime: $2, grantLifetime: $3) }
}

extension RuntimeConfig.ClientDocuments {
    static let codec = ValueCodec.object(
        Member(
            ClientDocumentsKey.hosts, .list(.text(HostName.self)),
            "Hosts that documents may come from; empty for every public host.", { $0.hosts }),
        Member(
            ClientDocumentsKey.assertions, .word, "Whether clients may sign who they are (RFC 7523).",
            { $0.assertions }),
        Member(ClientDocumentsKey.audience, .word, "What `aud` of an assertion may be.", { $0.audience })
    ) { Self(hosts: $0, assertions: $1, audience: $2) }
}

extension RuntimeConfig.Limits {
    static let codec = ValueCodec.object(
        Member(LimitsKey.registrations, Rate.codec, "Of one client address.", { $0.registrations }),
        Member(LimitsKey.authorizations, Rate.codec, "Of one client address.", { $0.authorizations }),
        Member(LimitsKey.tokenRequests, Rate.codec, "Of one client address.", { $0.tokenRequests }),
        Member(
            LimitsKey.unusedClients, .number(from: 0, of: "clients"),
            "Registered clients that never had a token, all together; 0 for no limit.", { $0.unusedClients }),
        Member(
            LimitsKey.pendingAuthorizations, .number(from: 0, of: "authorizations"),
            "Authorizations between the first request and the code, all together; 0 for no limit.",
            { $0.pendingAuthorizations })
    ) {
        Self(
            registrations: $0, authorizations: $1, tokenRequests: $2, unusedClients: $3, pendingAuthorizations: $4)
    }
}

extension Rate {
    static let codec = ValueCodec.object(
        Member(RateKey.requests, .number(from: 0, of: "requests"), "0 for no limit.", { $0.requests }),
        Member(RateKey.seconds, .seconds, "In so many seconds.", { $0.seconds })
    ) { Self(requests: $0, seconds: $1) }
}

extension RuntimeConfig.ServiceToken {
    static let codec = ValueCodec.object(
        Member(ServiceTokenKey.label, .text, "What logs call it.", { $0.label }),
        Member(ServiceTokenKey.token, Token.codec, "How the server recognises it.", { $0.token }),
        Member(ServiceTokenKey.subject, .text, "Who comes by it.", { $0.subject }),
        Member(ServiceTokenKey.resource, .text(PublicURL.self), "The one resource that it is for.", { $0.resource }),
        Member(ServiceTokenKey.scopes, .list(.text(ScopeToken.self)), "What it may do there.", { $0.scopes })
    ) { Self(label: $0, token: $1, subject: $2, resource: $3, scopes: $4) }
}

extension RuntimeConfig.ServiceToken.Token {
    static let codec = ValueCodec<Self>.choice(
        [
            .init(
                TokenKey.sha256, .text(SHA256Digest.self), "The SHA-256 of the token.", make: { .sha256($0) },
                payload: { if case .sha256(let digest) = $0 { digest } else { nil } }),
            .init(
                TokenKey.env, .value, "The environment variable that holds it.",
                make: { .secret(.environment($0)) },
                payload: { if case .secret(.environment(let name)) = $0 { name } else { nil } }),
            .init(
                TokenKey.file, .text(FilePath.self), "The file that holds it.", make: { .secret(.file($0)) },
                payload: { if case .secret(.file(let path)) = $0 { path } else { nil } }),
        ],
        help:
            "write {\"sha256\": DIGEST}, {\"env\": NAME} or {\"file\": PATH}; a token itself never stands in this file")
}

extension RuntimeConfig.DomainProof {
    static let codec = ValueCodec.object(
        Member(DomainProofKey.host, .text, "A host name, without port.", { $0.host }),
        Member(DomainProofKey.path, .text(RoutePath.self), "An exact path.", { $0.path }),
        Member(DomainProofKey.text, .text, "The token.", { $0.text })
    ) { Self(host: $0, path: $1, text: $2) }
}
