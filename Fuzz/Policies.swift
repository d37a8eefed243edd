import OAuthModel
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// The policies of a deployment with a trusted host and a redirect of each kind.
enum Policies {
    static let registration = RegistrationPolicy(config, policy: AuthorizationPolicy(config))

    private static let config = RuntimeConfig(
        name: "fuzz", mode: .local, issuer: "https://mcp.example/mcp", listen: .loopback(port: 1),
        privateListen: .loopback(port: 2),
        resources: [
            RuntimeConfig.Resource(
                name: "mcp", resource: "https://mcp.example/mcp",
                metadataURL: "https://mcp.example/.well-known/oauth-protected-resource/mcp", scopes: ["mcp.tools"],
                clientID: "cid", allowedOrigins: [])
        ],
        endpoints: [], documents: [], authMethods: [.none, .clientSecretPost, .clientSecretBasic],
        scopes: ["offline_access"],
        openID: false, registrationMethods: [.dcr, .cimd], dcr: .dynamic, clients: [],
        redirects: [
            RuntimeConfig.Redirect(uri: "https://chatgpt.com/cb", match: .exact),
            RuntimeConfig.Redirect(uri: "https://app.example/{id}/cb", match: .pattern),
            RuntimeConfig.Redirect(uri: "http://127.0.0.1/callback", match: .loopback),
            RuntimeConfig.Redirect(uri: "app://host/callback", match: .exact),
        ],
        trustedHosts: ["chatgpt.com"], legacyAliases: [], login: nil, users: nil, store: nil,
        tokens: RuntimeConfig.Tokens(format: .opaque, accessLifetime: 3_600, refreshLifetime: 86_400))
}
