/// The life of an authorization code (RFC 6749 §4.1.2), without I/O and without a clock.
package struct AuthorizationCodeState: Hashable, Sendable {
    package let expiresAt: UnixTime
    package var usedAt: UnixTime?
    package var wrongVerifiers: Int

    package init(expiresAt: UnixTime, usedAt: UnixTime? = nil, wrongVerifiers: Int = 0) {
        self.expiresAt = expiresAt
        self.usedAt = usedAt
        self.wrongVerifiers = wrongVerifiers
    }

    /// What was found out about the one who brings the code.
    package struct Presentation: Hashable, Sendable {
        /// The authenticated client is the one that the code was issued to.
        package let isSameClient: Bool
        /// The PKCE verifier belongs to the challenge (RFC 7636 §4.6).
        package let isVerified: Bool

        package init(isSameClient: Bool, isVerified: Bool) {
            self.isSameClient = isSameClient
            self.isVerified = isVerified
        }
    }

    package enum Decision: Hashable, Sendable {
        /// The one success.
        case redeem
        /// The code of another client; nothing changes.
        case foreignClient
        /// The verifier is wrong; the code stays usable.
        case wrongVerifier
        case expired
        /// The verifier was wrong too often.
        case burned
        /// Used a moment ago by the same client with the right verifier: a repeated request, not a theft.
        case lostRace
        /// Used before: what was issued for it is to be revoked.
        case replayed
    }

    /// How long a repeated request is taken for one.
    package static let retryWindow = Duration.seconds(2)
    /// So many wrong verifiers burn a code.
    package static let verifierLimit = 5

    /// The state after the code was presented, and what to do.
    package func transition(
        _ presentation: Presentation, now: UnixTime
    ) -> (state: AuthorizationCodeState, decision: Decision) {
        if let usedAt {
            let isRetry =
                presentation.isSameClient && presentation.isVerified && now <= usedAt + Self.retryWindow
            return (self, isRetry ? .lostRace : .replayed)
        }
        guard presentation.isSameClient else { return (self, .foreignClient) }
        guard wrongVerifiers < Self.verifierLimit else { return (self, .burned) }
        guard now < expiresAt else { return (self, .expired) }
        var next = self
        guard presentation.isVerified else {
            next.wrongVerifiers += 1
            return (next, next.wrongVerifiers < Self.verifierLimit ? .wrongVerifier : .burned)
        }
        next.usedAt = now
        return (next, .redeem)
    }
}
