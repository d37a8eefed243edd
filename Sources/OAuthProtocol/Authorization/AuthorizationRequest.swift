/// A valid authorization request (RFC 6749 §4.1.1): everything that a code is bound to.
package struct AuthorizationRequest: Hashable, Sendable {
    package let clientID: String
    /// The concrete URI that is redirected to.
    package let redirectURI: String
    package let state: String?
    package let challenge: CodeChallenge
    /// The canonical identifier.
    package let resource: String
    /// What would be granted, not what was asked.
    package let scopes: [String]
    package let nonce: String?
    package let prompt: Prompt
    /// The most seconds since the person signed in (OpenID Connect Core §3.1.2.1); nil where it does not matter.
    package let maxAge: Int?

    package init(
        clientID: String, redirectURI: String, state: String?, challenge: CodeChallenge, resource: String,
        scopes: [String], nonce: String?, prompt: Prompt, maxAge: Int? = nil
    ) {
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.state = state
        self.challenge = challenge
        self.resource = resource
        self.scopes = scopes
        self.nonce = nonce
        self.prompt = prompt
        self.maxAge = maxAge
    }

    package var target: RedirectTarget { RedirectTarget(redirectURI: redirectURI, state: state) }

    /// True when a sign-in at that moment is fresh enough for this request, which came at `received`.
    ///
    /// `prompt=login` and `prompt=select_account` want one that came after the request, `max_age` one at most so many
    /// seconds before it (OpenID Connect Core §3.1.2.1).
    package func accepts(signInAt timestamp: UnixTime, received: UnixTime) -> Bool {
        if timestamp >= received { return true }
        guard prompt.isDisjoint(with: [.login, .selectAccount]) else { return false }
        return maxAge.map { timestamp + .seconds($0) >= received } ?? true
    }

    /// True when a sign-in of before may not be enough.
    package var wantsRenewal: Bool { maxAge != nil || !prompt.isDisjoint(with: [.login, .selectAccount]) }

    /// Refuses a request with `prompt=none` that would have to show a page.
    package func checkPrompt(isSignedIn: Bool, hasConsented: Bool) throws(AuthorizationRefusal) {
        guard prompt.contains(.none) else { return }
        if !isSignedIn { throw AuthorizationRefusal(.loginRequired, at: .redirect(target)) }
        if !hasConsented { throw AuthorizationRefusal(.interactionRequired, at: .redirect(target)) }
    }
}
