import ContentDigest
import JSONSyntax
import OAuthModel
import RuntimeConfig
import TestSupport

/// A small deployment: two resources on one host, one of them also on another host with another body.
enum Sample {
    static let issuer = "https://mcp.example.com/mcp"

    static func config(
        listen: String = "127.0.0.1:8719", privateListen: String = "127.0.0.1:8720",
        login: SecretReference? = .environment(right("UPSTREAM_SECRET")), clients: [RuntimeConfig.Client] = []
    ) -> RuntimeConfig {
        RuntimeConfig(
            name: "sample", mode: .local, issuer: issuer, listen: right(listen), privateListen: right(privateListen),
            resources: [resource("mcp", origins: ["https://app.example.com"]), resource("other", origins: [])],
            endpoints: EndpointName.allCases.filter { $0 != .jwks }.map {
                RuntimeConfig.Endpoint(name: $0, path: "/mcp/\($0)")
            },
            documents: documents, authMethods: [.none, .clientSecretPost, .clientSecretBasic],
            scopes: ["offline_access"], openID: false, registrationMethods: [.predefined, .cimd, .dcr], dcr: .dynamic,
            clients: clients,
            redirects: [RuntimeConfig.Redirect(uri: "https://chatgpt.com/cb", match: .exact)],
            trustedHosts: ["chatgpt.com"],
            legacyAliases: [
                RuntimeConfig.Alias(
                    path: "/api/connector/oauth/token", endpoint: .token, sunset: right("2027-03-31"),
                    defaultClient: nil)
            ],
            login: RuntimeConfig.Login(
                provider: .oidc, issuer: "https://login.example.com", clientID: "upstream-client",
                clientSecret: login, scopes: ["openid"], parameters: []),
            users: .environment(right("LOCAL_USERS")), store: .sqlite(path: "/var/lib/connectorgen/sample.db"),
            tokens: RuntimeConfig.Tokens(format: .opaque, accessLifetime: 3_600, refreshLifetime: 86_400))
    }

    /// The same where another server issues the tokens, so that nobody signs in here.
    static func external(
        login: SecretReference? = nil, clients: [RuntimeConfig.Client] = []
    ) -> RuntimeConfig {
        var config = config(login: login, clients: clients)
        (config.mode, config.endpoints, config.legacyAliases) = (.external, [], [])
        (config.users, config.store) = (nil, nil)
        return config
    }

    static func resource(_ name: String, origins: [String]) -> RuntimeConfig.Resource {
        RuntimeConfig.Resource(
            name: name, resource: "https://mcp.example.com/\(name)",
            metadataURL: "https://mcp.example.com/.well-known/oauth-protected-resource/\(name)",
            scopes: ["\(name).tools"], clientID: "cid_\(name)", allowedOrigins: origins)
    }

    static func client(_ id: String) -> RuntimeConfig.Client {
        RuntimeConfig.Client(
            id: id, label: "a client", status: .active, authMethods: [.none], secret: nil, redirects: [])
    }

    static let host = "mcp.example.com"
    static let resourcePath = "/.well-known/oauth-protected-resource/mcp"
    static let serverPath = "/.well-known/oauth-authorization-server/mcp"

    static let documents: [RuntimeConfig.Document] = [
        document(
            .protectedResource,
            ["resource": "https://mcp.example.com/mcp", "authorization_servers": [.string(issuer)]],
            [(host, resourcePath)]),
        document(
            .protectedResource,
            ["resource": "https://mcp.example.com/other", "authorization_servers": [.string(issuer)]],
            [("other.example.com", resourcePath)]),
        document(
            .authorizationServer,
            [
                "issuer": .string(issuer), "authorization_endpoint": "https://mcp.example.com/mcp/authorize",
                "mcp": ["client_id": "cid_mcp"], "mcp.client_id": "cid_mcp",
            ],
            [(host, serverPath), (host, "/mcp/.well-known/oauth-authorization-server")]),
        document(
            .openIDConfiguration, ["issuer": .string(issuer), "é": "/\"\\\u{1}"],
            [(host, "/.well-known/openid-configuration/mcp")]),
    ]

    static func document(_ kind: DocumentKind, _ body: JSON, _ places: [(String, String)]) -> RuntimeConfig.Document {
        let bytes = body.encoded(.compact)
        return RuntimeConfig.Document(
            kind: kind, body: String(decoding: bytes, as: UTF8.self), etag: "\"\(SHA256.hex(bytes).prefix(32))\"",
            locations: places.map { RuntimeConfig.Document.Location(host: $0.0, path: $0.1) })
    }
}
