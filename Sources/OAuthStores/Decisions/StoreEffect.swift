package import OAuthProtocol

/// A change of what is stored that follows from a decision. A store applies all effects of a decision in the
/// transaction in which it read what was decided on.
package enum StoreEffect: Hashable, Sendable {
    /// Sets how many wrong verifiers were presented with a code.
    case setWrongVerifiers(Int, ofCode: TokenHash)
    /// Makes a grant with its first tokens, marks the code as used for it, and its client as authorized if it was not.
    case redeem(code: TokenHash, NewGrant, NewAccessToken, NewRefreshToken?)
    /// Marks a refresh token as exchanged for its successor.
    case setSuccessor(TokenHash, ofRefreshToken: TokenHash)
    case addAccessToken(NewAccessToken, to: GrantID)
    case addRefreshToken(NewRefreshToken, to: GrantID)
    case removeAccessToken(TokenHash)
    /// Revokes a grant; one that is gone or was revoked stays as it is.
    case endGrant(GrantID)
}

/// What a store answers to a request, and what it writes before it does.
package struct StoreDecision<Outcome: Hashable & Sendable>: Hashable, Sendable {
    package let outcome: Outcome
    package let effects: [StoreEffect]

    package init(_ outcome: Outcome, _ effects: [StoreEffect] = []) {
        self.outcome = outcome
        self.effects = effects
    }
}
