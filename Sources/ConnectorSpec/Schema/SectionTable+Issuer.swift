extension SectionTable {
    static let issuer = SectionTable(
        "issuer", "Who issues tokens, and how clients become known to it.",
        [
            SpecKey(
                "url", .text(.issuerURL), .required, "The issuer identifier, the same bytes everywhere.",
                example: "https://dexter.cash/mcp"),
            SpecKey(
                "mode", .choice(names(of: IssuerSection.Mode.self)), .required,
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
                "registration", .list(.choice(names(of: IssuerSection.Lane.self))), .optional("all three"),
                "The lanes by which clients become known.", example: "[predefined, cimd, dcr]"),
            SpecKey(
                "dcr", .choice(names(of: IssuerSection.DynamicRegistration.self)),
                .optional("dynamic when the lane is offered, else off"),
                "What dynamic registration answers: a new client, always the one static client, or nothing.",
                example: "dynamic"),
            SpecKey(
                "store", .section(.store), .conditional("required in modes upstream and local"),
                "Where the server keeps grants.", example: "{ sqlite: /var/lib/connectorgen/auth.db }"),
            SpecKey(
                "tokens", .section(.tokens), .optional("opaque, 1h and 30d"), "Format and lifetimes of tokens.",
                example: "{ format: opaque, access_lifetime: 1h }"),
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
                "provider", .choice(names(of: LoginSection.Provider.self)), .required, "The kind of provider.",
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
                "format", .choice(names(of: TokensSection.Format.self)), .optional("opaque"),
                "Random strings that the server looks up, or signed JWTs.", example: "opaque"),
            SpecKey(
                "access_lifetime", .text(.timeSpan), .optional("1h"), "How long an access token lasts.", example: "1h"),
            SpecKey(
                "refresh_lifetime", .text(.timeSpan), .optional("30d"), "How long a refresh token lasts unused.",
                example: "30d"),
        ])

    static let endpoints = SectionTable(
        "issuer.endpoints", "Endpoint paths other than the derived ones, as full paths on the issuer's host.",
        EndpointName.allCases.map { endpoint in
            SpecKey(
                endpoint.rawValue, .text(.path), .optional("issuer path and /\(endpoint.rawValue)"),
                "Path of the \(endpoint.rawValue) endpoint.", example: "/oauth2/\(endpoint.rawValue)")
        })
}
