package import OAuthModel
package import RuntimeConfig

/// What this server grants and speaks, read once from the runtime config.
package struct AuthorizationPolicy: Sendable {
    package let issuer: String
    package let resources: ResourceIndicators
    /// Scopes that belong to no resource (`offline_access`, `openid`).
    package let generalScopes: [String]
    /// What ID tokens are signed with; nil where there are none.
    package let idTokenAlgorithm: String?
    package let authMethods: Set<AuthenticationMethod>

    package init(_ config: RuntimeConfig) {
        issuer = config.issuer
        resources = ResourceIndicators(config.resources)
        generalScopes = config.scopes
        idTokenAlgorithm = config.openID ? TokenFormat.idTokenAlgorithm : nil
        authMethods = Set(config.authMethods)
    }

    /// All that a token for this resource can carry.
    package func grantableScopes(_ resource: RuntimeConfig.Resource) -> [String] { resource.scopes + generalScopes }

    /// All that this client's token for it can carry.
    package func grantableScopes(_ resource: RuntimeConfig.Resource, for client: ClientRecord) -> [String] {
        client.allowed(of: grantableScopes(resource))
    }
}
