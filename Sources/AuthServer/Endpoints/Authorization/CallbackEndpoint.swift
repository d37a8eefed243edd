import HTTPServer
import OAuthProtocol
import OAuthStores

/// `/callback/PROVIDER`: takes what the login provider answered (RFC 6749 §4.1.2), and goes on to the consent.
struct CallbackEndpoint: Endpoint {
    let readers = EndpointReaders.people
    let access = EndpointAccess<ParameterList, Anyone>.open(limit: .form)
    let flow: AuthorizationFlow
    let login: UpstreamLogin

    func parse(_ call: EndpointCall) throws(Rejection) -> ParameterList {
        guard call.request.method == .get else { throw .wrongMethod(allowed: ["GET"]) }
        try call.query.checkRepetition()
        return call.query
    }

    func act(
        _ parameters: ParameterList, by caller: Anyone, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        let comeback = try await flow.comeback(parameters, call)
        // RFC 9207 §2.4: an answer of another provider is not taken for this one's.
        if let issuer = parameters.first("iss"), !login.provider.isIssuer(issuer) { throw .login(.foreign) }
        let error = parameters.first("error")
        guard let code = try parameters.value(.code) ?? (error == nil ? nil : "") else { throw .login(.foreign) }
        guard try await flow.take(comeback, now: call.now) else { return try await again(comeback, call) }
        do throws(Rejection) {
            if let error { throw Self.rejection(error) }
            let request = comeback.transaction.request
            let session = try await login.signIn(
                code: code, state: comeback.state, after: request.wantsRenewal ? comeback.pending.createdAt : nil,
                now: call.now)
            return try await flow.arrive(comeback, as: session, now: call.now)
        } catch {
            // The person alone can do something about this.
            if error == .notAdmitted { throw error }
            var response = HTTPResponse.redirect(flow.location(of: error, comeback.transaction.request))
            response.reason = error.reason
            return response
        }
    }

    /// A page that is loaded again. Whoever was signed in by it is asked again; nobody else.
    private func again(
        _ comeback: AuthorizationFlow.Return, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        guard let session = try flow.session(of: call),
            comeback.transaction.request.accepts(
                signInAt: session.authenticatedAt, received: comeback.pending.createdAt)
        else { throw .expiredTransaction }
        return try await flow.arrive(comeback, as: session, now: call.now)
    }

    /// What the client is told of an error of the provider (RFC 6749 §4.1.2.1): never its words.
    private static func rejection(_ error: String) -> Rejection {
        switch error {
        case "access_denied": .deniedByUser
        case "temporarily_unavailable", "server_error": .unavailable(.upstream, retryAfter: 5)
        default: .login(.error)
        }
    }
}
