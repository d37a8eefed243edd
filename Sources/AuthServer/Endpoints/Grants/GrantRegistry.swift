import OAuthProtocol

/// The grants of this server. A further one is a file of its own and a line here.
enum GrantRegistry {
    static func grants(tokens: TokenService, policy: AuthorizationPolicy) -> [any TokenGrant] {
        [
            AuthorizationCodeGrant(tokens: tokens, resources: policy.resources),
            RefreshTokenGrant(tokens: tokens, resources: policy.resources),
        ]
    }
}
