package import OAuthProtocol

/// An authorization code and all that it is bound to (RFC 6749 §4.1.2).
package struct AuthorizationCode: Hashable, Sendable {
    package let hash: TokenHash
    package let clientID: String
    package let redirectURI: String
    /// The S256 code challenge (RFC 7636 §4.2).
    package let challenge: String
    package let subject: String
    /// The canonical resource (RFC 8707).
    package let resource: String
    /// Space-separated, in the granted order.
    package let scope: String
    /// What else the tokens need, as JSON in the words of the server: nonce, time of login.
    package let details: String
    package var state: AuthorizationCodeState
    /// What it was redeemed for.
    package var grantID: GrantID?

    package init(
        hash: TokenHash, clientID: String, redirectURI: String, challenge: String, subject: String, resource: String,
        scope: String, details: String = "{}", state: AuthorizationCodeState,
        grantID: GrantID? = nil
    ) {
        self.hash = hash
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.challenge = challenge
        self.subject = subject
        self.resource = resource
        self.scope = scope
        self.details = details
        self.state = state
        self.grantID = grantID
    }
}
