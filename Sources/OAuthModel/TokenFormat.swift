/// What an access token is.
package enum TokenFormat: String, Hashable, Sendable, CaseIterable {
    /// A random text that means something to this server alone.
    case opaque
    /// Signed claims (RFC 9068).
    case jwt

    /// What ID tokens are signed with: the one algorithm that every relying party knows (OpenID Connect Discovery §3).
    package static let idTokenAlgorithm = "RS256"
}
