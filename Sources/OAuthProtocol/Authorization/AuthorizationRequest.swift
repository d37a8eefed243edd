/// A valid authorization request (RFC 6749 §4.1.1): everything that a code is bound to.
package struct AuthorizationRequest: Hashable, Sendable {
    package let clientID: String
    /// The concrete URI that is redirected to.
    package let redirectURI: String
    /// True when the request named it, so that the token request must name it too (RFC 6749 §4.1.3).
    package let namesRedirectURI: Bool
    package let state: String?
    package let challenge: CodeChallenge
    /// The canonical identifier.
    package let resource: String
    /// What would be granted, not what was asked.
    package let scopes: [String]
    package let nonce: String?
    package let prompt: Prompt

    package init(
        clientID: String, redirectURI: String, namesRedirectURI: Bool, state: String?, challenge: CodeChallenge,
        resource: String, scopes: [String], nonce: String?, prompt: Prompt
    ) {
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.namesRedirectURI = namesRedirectURI
        self.state = state
        self.challenge = challenge
        self.resource = resource
        self.scopes = scopes
        self.nonce = nonce
        self.prompt = prompt
    }

    package var target: RedirectTarget { RedirectTarget(redirectURI: redirectURI, state: state) }

    /// Refuses a request with `prompt=none` that would have to show a page.
    package func checkPrompt(isSignedIn: Bool, hasConsented: Bool) throws(AuthorizationRefusal) {
        guard prompt.contains(.none) else { return }
        if !isSignedIn { throw AuthorizationRefusal(.loginRequired, at: .redirect(target)) }
        if !hasConsented { throw AuthorizationRefusal(.interactionRequired, at: .redirect(target)) }
    }
}
