import OAuthModel

extension SectionTable {
    static let issuer = SectionTable(
        "issuer", "Who issues tokens, and how clients become known to it.",
        [
            SpecKey(
                "url", .text(.issuerURL), .required, "The issuer identifier, the same bytes everywhere.",
                example: "https://mcp.example.com/mcp"),
            SpecKey(
                "mode", .choice(names(of: ServerMode.self)), .required,
                "`upstream`: the bundled server behind another login; `local`: the bundled server with its own users; "
                    + "`companion`: an external issuer.", example: "upstream"),
            SpecKey(
                "listen", .text(.listenAddress), .optional("127.0.0.1:8719"),
                "Where connectorgen-auth listens for nginx.", example: "127.0.0.1:8719"),
            SpecKey(
                "private_listen", .text(.listenAddress), .optional("127.0.0.1:8720"),
                "Where it answers verification, health and metrics.", example: "127.0.0.1:8720"),
            SpecKey(
                "login", .section(.login), .conditional("required in mode upstream"),
                "The provider where people prove who they are.",
                example: "{ provider: supabase, issuer: https://project.supabase.co/auth/v1, client_id: cid_example }"),
            SpecKey(
                "users", .section(.secret), .conditional("required in mode local"),
                "Local logins: where the lines `name:argon2id-hash` are found.",
                example: "{ file: /etc/connectorgen/users }"),
            SpecKey(
                "on_password_change", .choice(names(of: PasswordChange.self)), .optional("end_grants"),
                "What becomes of a local user's grants when the hash changes; signed-in browsers sign in again anyway.",
                example: "keep"),
            SpecKey(
                "registration", .list(.choice(names(of: RegistrationMethod.self))), .optional("all three"),
                "The lanes by which clients become known.", example: "[predefined, cimd, dcr]"),
            SpecKey(
                "dcr", .choice(names(of: DynamicRegistration.self)),
                .optional("dynamic when the lane is offered, else off"),
                "What dynamic registration answers: a new client, always the one static client, or nothing.",
                example: "dynamic"),
            SpecKey(
                "client_documents", .section(.clientDocuments), .optional("every public host, assertions accepted"),
                "What a client's metadata document may be and do (lane cimd).",
                example: "{ hosts: [chatgpt.com, claude.ai] }"),
            SpecKey(
                "client_uris_must_match", .boolean, .optional("true"),
                "Pages that a registering client names must be on trusted_hosts or page_hosts.", example: "false"),
            SpecKey(
                "limits", .section(.limits), .optional("those of issuer.limits"), "How much strangers may use up.",
                example: "{ registrations: 20/10m }"),
            SpecKey(
                "key", .section(.secret),
                .conditional("required with a postgres store; else the server makes one beside its store"),
                "The server's master key, at least 32 random bytes.", example: "{ file: /etc/connectorgen/key }"),
            SpecKey(
                "store", .section(.store), .conditional("required in modes upstream and local"),
                "Where the server keeps grants.", example: "{ sqlite: /var/lib/connectorgen/auth.db }"),
            SpecKey(
                "tokens", .section(.tokens), .optional("opaque, 1h and 30d"), "Format and lifetimes of tokens.",
                example: "{ access_lifetime: 15m }"),
            SpecKey(
                "openid", .boolean, .optional("false"), "Serve a complete OpenID discovery document too.",
                example: "true"),
            SpecKey(
                "root_metadata", .choice(names(of: IssuerSection.RootMetadata.self)), .optional("off"),
                "`alias`: the authorization server's document at the host's root as well.", example: "alias"),
            SpecKey(
                "origin_fallbacks", .boolean, .optional("true"),
                "Serve /authorize, /token and /register at the origin, unadvertised, where the paths are free.",
                example: "false"),
            SpecKey(
                "endpoints", .section(.endpoints), .optional("issuer path and endpoint name"),
                "Endpoint paths other than the derived ones, as full paths on the issuer's host.",
                example: "{ authorize: /oauth2/authorize, token: /oauth2/token }"),
        ])

    static let login = SectionTable(
        "issuer.login", "The provider where people prove who they are (mode `upstream`).",
        [
            SpecKey(
                "provider", .choice(names(of: LoginProvider.self)), .required, "The kind of provider.",
                example: "supabase"),
            SpecKey(
                "issuer", .text(.issuerURL), .required, "The provider's issuer, exactly as its own document has it.",
                example: "https://project.supabase.co/auth/v1"),
            SpecKey(
                "client_id", .text(.clientID), .required, "Our client at the provider.",
                example: "cid_example"),
            SpecKey(
                "client_secret", .section(.secret), .optional("a public client"), "Our secret at the provider.",
                example: "{ env: SUPABASE_OAUTH_SECRET }"),
            SpecKey(
                "scopes", .list(.text(.scope)), .optional("openid, profile, email"),
                "What we ask the provider for.", example: "[openid, email]"),
            SpecKey(
                "parameters", .map(keys: .plain, values: .text(.plain)), .optional("none"),
                "Further parameters of the authorization request.", example: "{ audience: https://api.example.com }"),
        ])

    static let store = SectionTable(
        "issuer.store", "Where the server keeps grants. Exactly one of the keys.",
        [
            SpecKey(
                "sqlite", .text(.filePath), .conditional("or `postgres`"), "The database file; one node.",
                example: "/var/lib/connectorgen/auth.db"),
            SpecKey(
                "postgres", .section(.secret), .conditional("or `sqlite`"), "The connection string; several nodes.",
                example: "{ env: DATABASE_URL }"),
        ])

    static let tokens = SectionTable(
        "issuer.tokens", "Format and lifetimes of tokens.",
        [
            SpecKey(
                "format", .choice(names(of: TokenFormat.self)), .optional("opaque"),
                "Random strings that the server looks up, or signed JWTs.", example: "opaque"),
            SpecKey(
                "access_lifetime", .text(.timeSpan), .optional("1h"), "How long an access token lasts.", example: "1h"),
            SpecKey(
                "refresh_lifetime", .text(.timeSpan), .optional("30d"), "How long a refresh token lasts unused.",
                example: "30d"),
            SpecKey(
                "grant_lifetime", .text(.timeSpan), .optional("365d, or refresh_lifetime where that is longer"),
                "How long a consent lasts, however often its tokens are refreshed.", example: "365d"),
        ])

    static let clientDocuments = SectionTable(
        "issuer.client_documents", "What a client's metadata document may be and do (lane `cimd`).",
        [
            SpecKey(
                "hosts", .list(.text(.host)), .optional("every public host"),
                "Hosts that documents may come from. One that is taken out gets no more codes and no more tokens.",
                example: "[chatgpt.com, claude.ai]"),
            SpecKey(
                "assertions", .choice(names(of: ClientAssertions.self)), .optional("accepted"),
                "Whether clients may sign who they are (`private_key_jwt`); `required`: those with a document must.",
                example: "accepted"),
            SpecKey(
                "assertion_audience", .choice(names(of: AssertionAudience.self)),
                .optional("issuer_or_token_endpoint"), "What the `aud` of such a signature may be.", example: "issuer"),
        ])

    static let limits = SectionTable(
        "issuer.limits", "How much strangers may use up. An address is an IPv4 address, or the /64 of an IPv6 one.",
        [
            SpecKey(
                "registrations", .text(.quota), .optional("60/10m"), "New clients of one address.", example: "60/10m"),
            SpecKey(
                "authorizations", .text(.quota), .optional("120/1m"), "Authorization requests of one address.",
                example: "120/1m"),
            SpecKey(
                "token_requests", .text(.quota), .optional("1200/1m"),
                "Token requests of one address, and as many others of programs; hosted clients come from a few for all "
                    + "their users.",
                example: "1200/1m"),
            SpecKey(
                "unused_clients", .text(.count), .optional("10000"),
                "Registered clients that never had a token, at one time.", example: "10000"),
            SpecKey(
                "pending_authorizations", .text(.count), .optional("10000"),
                "Authorizations under way, at one time.", example: "10000"),
        ])

    static let endpoints = SectionTable(
        "issuer.endpoints", "Endpoint paths other than the derived ones, as full paths on the issuer's host.",
        EndpointName.allCases.map { endpoint in
            SpecKey(
                endpoint.rawValue, .text(.path), .optional("issuer path and /\(endpoint.rawValue)"),
                "Path of the \(endpoint.rawValue) endpoint.", example: "/oauth2/\(endpoint.rawValue)")
        })
}
