import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// `/authorize` (RFC 6749 §3.1): judges the request, then asks the person.
struct AuthorizationEndpoint: Endpoint {
    let flow: AuthorizationFlow

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let parameters: ParameterList
        switch call.request.method {
        case .get, .head: parameters = call.query
        case .post: parameters = try call.form()
        default: throw .wrongMethod(allowed: ["GET", "HEAD", "POST"])
        }
        let authority = flow.authority
        try authority.limits.spend(.authorization, for: call.clientAddress, now: call.now)
        do throws(AuthorizationRefusal) {
            let id = try AuthorizationRequest.clientID(in: parameters, defaultClient: call.alias?.defaultClient)
            let client = try await self.client(id)
            let request = try AuthorizationRequest(
                parameters, clientID: id, client: client, policy: authority.policy)
            // A page is always shown, so that no site can have a code made by sending a browser here.
            let isSignedIn = Session(of: call.request, key: authority.keys.sessions, now: call.now) != nil
            try request.checkPrompt(isSignedIn: isSignedIn, hasConsented: false)
            guard let client else { throw AuthorizationRefusal(.unknownClient(id: id), at: .page) }
            do throws(Rejection) {
                return try await flow.begin(request, client: client, call: call)
            } catch {
                throw AuthorizationRefusal(error, at: .redirect(request.target))
            }
        } catch {
            guard let location = error.location(issuer: authority.config.issuer) else { throw error.rejection }
            return .redirect(location)
        }
    }

    private func client(_ id: String) async throws(AuthorizationRefusal) -> ClientRecord? {
        do throws(Rejection) {
            return try await flow.authority.clients.client(id)
        } catch {
            throw AuthorizationRefusal(error, at: .page)
        }
    }
}
