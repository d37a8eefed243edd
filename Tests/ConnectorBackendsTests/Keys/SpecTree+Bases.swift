/// Specs in which, all together, every key can matter. Their values are not those of the key table's examples.
extension SpecTree {
    static let bases = [local, upstream, userAPI, external, signed, introspected]

    static let local = SpecTree(
        yaml: """
            version: 1
            name: base
            issuer:
              url: https://mcp.example.org/mcp
              mode: local
              users: { file: /etc/base/users }
              store: { sqlite: /var/lib/base/auth.db }
              key: { env: BASE_KEY }
              openid: true
              client_documents: {}
              limits: {}
              tokens: {}
              endpoints: {}
            connectors:
              one:
                public_url: https://mcp.example.org/mcp
                client_id: cid_one
                upstream: http://127.0.0.1:4000/api
                scopes: [mcp.tools, base.read]
                allowed_origins: [https://app.example.org]
                legacy_aliases: [{ path: /old/oauth, sunset: 2099-01-01 }]
                service_tokens: [{ label: base, token: { env: BASE_TOKEN } }]
                allow: [{ subject: bob }]
                bearer: {}
                identity_headers: {}
              mcp:
                public_url: https://mcp.example.org/second
                client_id: cid_two
                upstream: http://127.0.0.1:4001
            clients: [{ id: cid_bot, redirect_uris: [https://bot.example.org/callback], secret: { env: BOT_SECRET } }]
            targets:
              nginx: { real_ip: { from: [192.0.2.0/24] } }
              env: [{ file: base.env, dialect: compose, connector: one, variables: { URL: { from: connector.upstream } } }]
            """)

    static let upstream = SpecTree(
        yaml: """
            version: 1
            name: base
            issuer:
              url: https://mcp.example.com/base
              mode: upstream
              login: { provider: oidc, issuer: https://login.example.org, client_id: cid_login, allow: [{ domain: example.org }] }
              store: { sqlite: /var/lib/base/auth.db }
              endpoints: {}
            connectors:
              base:
                public_url: https://mcp.example.com/base
                client_id: cid_one
                upstreams: [http://127.0.0.1:4000, http://127.0.0.1:4010]
                alias_hosts: [mcp.example.org]
            clients:
              - id: cid_bot
                redirect_uris: [https://bot.example.org/callback]
                auth_method: private_key_jwt
                jwks_uri: https://bot.example.org/jwks.json
            targets:
              nginx: {}
              env: [{ file: base.config.json, dialect: pm2, script: base.mjs }]
            """)

    /// A login without ID tokens.
    static let userAPI = SpecTree(
        yaml: """
            version: 1
            name: base
            issuer:
              url: https://mcp.example.com/base
              mode: upstream
              login:
                provider: github
                issuer: https://git.example.org/login
                client_id: cid_login
                user_api:
                  authorization_endpoint: https://git.example.org/login/start
                  token_endpoint: https://git.example.org/login/redeem
                  user: https://git.example.org/api/me
              store: { sqlite: /var/lib/base/auth.db }
            connectors:
              base:
                public_url: https://mcp.example.com/base
                client_id: cid_one
                upstream: http://127.0.0.1:4000
            targets:
              nginx: {}
            """)

    static let external = SpecTree(
        yaml: """
            version: 1
            name: base
            issuer: { url: https://auth.example.org/realms/base, mode: external, registration: [predefined, dcr], documents: {} }
            connectors:
              base:
                public_url: https://mcp.example.com/mcp/base
                client_id: cid_one
                upstream: http://base:4000
                scopes: [base.read]
                verify: application
            clients: [{ profile: claude }]
            targets:
              nginx: { server_names: [mcp.example.com, auth.example.org] }
              keycloak: { realm: base, server: http://127.0.0.1:5050, version: "26.7" }
            """)

    /// Tokens of another issuer, verified at the edge by its keys.
    static let signed = verifying(by: "jwks: {}")
    /// The same by questions to the issuer.
    static let introspected = verifying(
        by:
            "introspection: { url: https://auth.example.org/check, client_id: cid_check, client_secret: { env: CHECK_SECRET } }"
    )

    private static func verifying(by verification: String) -> SpecTree {
        SpecTree(
            yaml: """
                version: 1
                name: base
                issuer:
                  url: https://auth.example.org/base
                  mode: external
                  verification: { \(verification) }
                connectors:
                  base:
                    public_url: https://mcp.example.com/mcp/base
                    client_id: cid_one
                    upstream: http://127.0.0.1:4000
                    allow: [{ claims: { level: "3" } }]
                    bearer: {}
                    identity_headers: {}
                targets:
                  nginx: {}
                """)
    }
}
