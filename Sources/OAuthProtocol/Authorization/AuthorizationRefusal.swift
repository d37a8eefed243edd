/// A refused authorization request, and where the answer goes.
package struct AuthorizationRefusal: Error, Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        /// A page of ours, because there is nobody known to redirect to (RFC 6749 §4.1.2.1).
        case page
        case redirect(RedirectTarget)
    }

    package let rejection: Rejection
    package let place: Place

    package init(_ rejection: Rejection, at place: Place) {
        self.rejection = rejection
        self.place = place
    }

    /// The `Location` of the answer; nil for a page.
    package func location(issuer: String) -> String? {
        switch place {
        case .page: nil
        case .redirect(let target): AuthorizationResponse.location(of: rejection.wire, to: target, issuer: issuer)
        }
    }
}

/// Where an authorization response goes: a redirect URI that was checked, and the client's `state`.
package struct RedirectTarget: Hashable, Sendable {
    package let redirectURI: String
    package let state: String?

    package init(redirectURI: String, state: String?) {
        self.redirectURI = redirectURI
        self.state = state
    }
}
