package import OAuthProtocol

/// A client's wish to have one of its tokens revoked (RFC 7009).
package struct TokenRevocation: Hashable, Sendable {
    package let token: TokenHash
    /// The authenticated client; a token of another one is not touched.
    package let clientID: String

    package init(_ token: TokenHash, clientID: String) {
        self.token = token
        self.clientID = clientID
    }

    /// What was revoked.
    package enum Outcome: Hashable, Sendable {
        /// Unknown, or another client's: the same answer for both.
        case nothing
        case accessToken(GrantID)
        /// A refresh token takes its whole grant with it.
        case grant(GrantID)
    }

    /// Decides about what is stored by that hash, an access token or a refresh token; nil for none.
    package func decide(_ access: AccessToken?, _ refresh: RefreshToken?) -> StoreDecision<Outcome> {
        if let grant = access?.grant, grant.clientID == clientID {
            return StoreDecision(.accessToken(grant.id), [.removeAccessToken(token)])
        }
        if let grant = refresh?.grant, grant.clientID == clientID {
            return StoreDecision(.grant(grant.id), [.endGrant(grant.id)])
        }
        return StoreDecision(.nothing)
    }
}
