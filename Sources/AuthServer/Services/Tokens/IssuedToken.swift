import OAuthProtocol
import OAuthStores

/// Whom a token speaks for, to whom it was given, and where it counts.
struct TokenSubject: Hashable, Sendable {
    let subject: String
    let clientID: String
    /// The canonical resource, which is the token's one audience.
    let resource: String
}

/// An access token as the client gets it, and as the store will know it.
struct IssuedToken: Hashable, Sendable {
    let text: String
    let stored: NewAccessToken

    /// `expires_in`: whole seconds, never more than are left.
    func lifetime(from now: UnixTime) -> Int { Int((stored.expiresAt - now).components.seconds) }
}
