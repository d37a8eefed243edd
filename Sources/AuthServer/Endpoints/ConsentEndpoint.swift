import HTTPServer
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// `/consent`: takes the answer of the consent page, and leads back to the client with a code or with the refusal, or
/// to the sign-in for somebody who wants to be another.
struct ConsentEndpoint: Endpoint {
    let flow: AuthorizationFlow
    let purpose: RateLimits.Purpose? = .form

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let (stage, form) = try await flow.resume(call)
        guard let session = flow.session(of: call, for: stage) else { return try flow.page(for: stage, session: nil) }
        let issuer = flow.authority.config.issuer
        switch form.first(AuthorizationFlow.Field.decision) {
        case "allow":
            let code = try await approve(stage, session: session, now: call.now)
            let location = AuthorizationResponse.location(code: code.text, to: stage.request.target, issuer: issuer)
            return flow.redirect(location, after: call, to: stage)
        case "deny":
            try await deny(stage)
            let error = Rejection.deniedByUser.wire
            let location = AuthorizationResponse.location(of: error, to: stage.request.target, issuer: issuer)
            return flow.redirect(location, after: call, to: stage)
        case "another-account":
            var response = try flow.page(for: stage, session: nil)
            BrowserCookie.session.clear(on: &response)
            return response
        default:
            return try flow.page(for: stage, session: session)
        }
    }

    /// The code comes into being in the commit that ends the pending authorization, so a form that is posted twice
    /// gives one code.
    private func approve(
        _ stage: AuthorizationFlow.Stage, session: Session, now: UnixTime
    ) async throws(Rejection) -> OpaqueToken {
        let token = try flow.authority.newToken(.authorizationCode, now: now)
        let request = stage.request
        let code = AuthorizationCode(
            hash: try flow.authority.hash(of: token), clientID: request.clientID, redirectURI: request.redirectURI,
            challenge: request.challenge.text, subject: session.subject,
            resource: request.resource, scope: Scopes.text(request.scopes),
            details: CodeDetails(nonce: request.nonce, authenticatedAt: session.authenticatedAt).storedText,
            issuedAt: now, state: AuthorizationCodeState(expiresAt: now + TokenMint.codeLifetime))
        let isApproved = try await flow.authority.asking { store throws(StoreFailure) in
            try await store.approve(stage.pending, code: code, consent: nil, now: now)
        }
        // Who was taken off the list while the code was stored has left a code that nobody is told.
        guard isApproved, flow.login.recognizes(session) else { throw .expiredTransaction }
        return token
    }

    private func deny(_ stage: AuthorizationFlow.Stage) async throws(Rejection) {
        let isEnded = try await flow.authority.asking { store throws(StoreFailure) in
            try await store.abandon(stage.pending.id)
        }
        guard isEnded else { throw .expiredTransaction }
    }
}
