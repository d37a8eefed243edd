package import RuntimeConfig

/// What is known of a token that was presented to a resource.
package enum TokenStanding: Hashable, Sendable {
    /// Garbage, expired, revoked, of another kind or for another place.
    case unknown
    /// Of the issuer of this deployment; who may come by it the resource says.
    case issued(AccessTokenFacts)
    /// Given by the operator to a program, for this resource and nobody else's.
    case granted(AccessTokenFacts)
    /// Of the application itself, which judges it.
    case applications
}

extension RuntimeConfig.Resource {
    /// True for a token that begins as the application's own do.
    package func passes(token: String) -> Bool {
        !passedPrefixes.isEmpty && passedPrefixes.contains { token.utf8.starts(with: $0.utf8) }
    }
}
