import OAuthProtocol

extension Rejection.GrantFault {
    /// Why a code was not redeemed.
    init(_ decision: AuthorizationCodeState.Decision) {
        self =
            switch decision {
            case .redeem, .lostRace, .replayed: .replayed
            case .foreignClient: .otherClient
            case .wrongVerifier: .wrongVerifier
            case .expired: .expired
            case .burned: .burned
            }
    }

    /// Why a refresh token was not exchanged.
    init(_ decision: RefreshTokenState.Decision) {
        self =
            switch decision {
            case .rotate, .sameSuccessor, .reused: .replayed
            case .expired: .expired
            case .revoked: .revoked
            case .successorLost: .unknown
            }
    }
}
