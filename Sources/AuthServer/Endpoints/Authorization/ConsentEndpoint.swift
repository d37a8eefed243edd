import HTTPServer
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// `/consent`: takes the answer of the consent page, and leads back to the client with a code or with the refusal, or
/// to the sign-in for somebody who wants to be another or has to go elsewhere for it.
struct ConsentEndpoint: Endpoint {
    let readers = EndpointReaders.people
    let access: EndpointAccess<ParameterList, AuthorizationFlow.Stage>
    private let flow: AuthorizationFlow

    init(flow: AuthorizationFlow) {
        self.flow = flow
        access = .proven(by: .browserForm, limit: .form) { (form, call) throws(Rejection) in
            try await flow.resume(form, call, evenAnswered: true)
        }
    }

    /// The values of the page's buttons.
    private enum Decision: String {
        case allow, deny
        case anotherAccount = "another-account"
        case signIn = "sign-in"
    }

    func parse(_ call: EndpointCall) throws(Rejection) -> ParameterList { try call.ownForm() }

    func act(
        _ form: ParameterList, by stage: AuthorizationFlow.Stage, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        let decision = form.first(AuthorizationFlow.Field.decision).flatMap(Decision.init)
        let session = try flow.session(of: call, for: stage)
        let location: String
        if stage.answer != nil {
            location = try await repeated(decision, stage, session: session, now: call.now)
        } else if let session {
            switch decision {
            case .allow: location = try await approve(stage, session: session, now: call.now)
            case .deny: location = try await deny(stage, session: session, now: call.now)
            case .anotherAccount: return try await anotherAccount(stage, call)
            case .signIn, nil: return try flow.page(for: stage, session: session)
            }
        } else {
            switch (decision, flow.identity.way) {
            case (.signIn, .provider(let login)): return try await leave(stage, for: login, isRenewal: false, call)
            // Nobody has signed in who could have allowed anything.
            case (.deny, .provider):
                location = try await deny(stage, session: nil, now: call.now)
            default: return try flow.page(for: stage, session: nil)
            }
        }
        return flow.redirect(location, after: call, to: stage)
    }

    // MARK: answers

    /// The code comes into being in the commit that keeps the answer, so a form that is posted twice gives one code.
    private func approve(
        _ stage: AuthorizationFlow.Stage, session: Session, now: UnixTime
    ) async throws(Rejection) -> String {
        let token = try flow.tokens.code(for: stage.handle, madeAt: now)
        let request = stage.request
        let code = AuthorizationCode(
            hash: try flow.tokens.hash(of: token), clientID: request.clientID, redirectURI: request.redirectURI,
            challenge: request.challenge.text, subject: session.subject,
            resource: request.resource, scope: Scopes.text(request.scopes),
            details: CodeDetails(nonce: request.nonce, authenticatedAt: session.authenticatedAt).storedText,
            state: AuthorizationCodeState(expiresAt: now + TokenIssuer.codeLifetime))
        let answered = Self.answered(stage, .allowed(at: now))
        guard try await flow.authorizations.approve(answered, code: code, now: now) else {
            return try await repeated(.allow, stage, session: session, now: now)
        }
        // Who was taken off the list while the code was stored has left a code that nobody is told.
        guard flow.identity.recognizes(session) else { throw .expiredTransaction }
        return location(of: token, stage)
    }

    private func deny(
        _ stage: AuthorizationFlow.Stage, session: Session?, now: UnixTime
    ) async throws(Rejection) -> String {
        let answered = Self.answered(stage, .denied)
        guard try await flow.authorizations.answer(answered, now: now) else {
            return try await repeated(.deny, stage, session: session, now: now)
        }
        return denial(stage)
    }

    /// The answer that was given before, to a form that comes again. A code is told again only to the one who allowed
    /// it, and not once it was redeemed: a client that got it twice would bring it twice, and lose what it has.
    private func repeated(
        _ decision: Decision?, _ stage: AuthorizationFlow.Stage, session: Session?, now: UnixTime
    ) async throws(Rejection) -> String {
        let found = try await flow.authorizations.pending(stage.pending.id, now: now)
        switch (found.flatMap { ConsentAnswer(stored: $0.details) }, decision) {
        case (.denied, .deny): return denial(stage)
        case (.allowed(let timestamp), .allow):
            let token = try flow.tokens.code(for: stage.handle, madeAt: timestamp)
            let hash = try flow.tokens.hash(of: token)
            let code = try await flow.tokens.authorizationCode(hash)
            guard let code, let session, code.subject == session.subject, code.state.usedAt == nil,
                now < code.state.expiresAt
            else { throw .expiredTransaction }
            return location(of: token, stage)
        default: throw .expiredTransaction
        }
    }

    // MARK: another sign-in

    /// Forgets who signed in, and asks anew; at a provider, at once and so that it asks too.
    private func anotherAccount(
        _ stage: AuthorizationFlow.Stage, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        var response =
            switch flow.identity.way {
            case .form: try flow.page(for: stage, session: nil)
            case .provider(let login): try await leave(stage, for: login, isRenewal: true, call)
            }
        flow.sessionCookie.clear(on: &response)
        return response
    }

    /// Sends the browser to the provider, as ``AuthorizationFlow/redirect(_:after:to:)`` sends it back to the client.
    private func leave(
        _ stage: AuthorizationFlow.Stage, for login: UpstreamLogin, isRenewal: Bool, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        let location: String
        do throws(Rejection) {
            location = try await flow.departure(of: stage, for: login, isRenewal: isRenewal, now: call.now)
        } catch {
            return flow.redirect(flow.location(of: error, stage.request), after: call, to: stage)
        }
        guard call.request.headers["Sec-Fetch-Site"] != nil else { return .redirect(location) }
        return flow.pages.response(OnwardPage(location: location, providerHost: login.provider.host))
    }

    // MARK: parts

    private static func answered(
        _ stage: AuthorizationFlow.Stage, _ answer: ConsentAnswer
    ) -> PendingAuthorization {
        var pending = stage.pending
        pending.details = stage.request.storedText(answer: answer)
        return pending
    }

    private func location(of code: OpaqueToken, _ stage: AuthorizationFlow.Stage) -> String {
        AuthorizationResponse.location(
            code: code.text, to: stage.request.target, issuer: flow.issuer)
    }

    private func denial(_ stage: AuthorizationFlow.Stage) -> String {
        AuthorizationResponse.location(
            of: Rejection.deniedByUser.wire, to: stage.request.target, issuer: flow.issuer)
    }
}
