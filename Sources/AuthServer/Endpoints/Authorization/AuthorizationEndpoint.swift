import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// `/authorize` (RFC 6749 §3.1): judges the request, then asks the person.
struct AuthorizationEndpoint: Endpoint {
    let readers = EndpointReaders.people
    let flow: AuthorizationFlow
    let access = EndpointAccess<ParameterList, Anyone>.open(limit: .authorization)

    func parse(_ call: EndpointCall) throws(Rejection) -> ParameterList {
        switch call.request.method {
        case .get, .head: call.query
        case .post: try call.form()
        default: throw Rejection.wrongMethod(allowed: ["GET", "HEAD", "POST"])
        }
    }

    func act(
        _ parameters: ParameterList, by caller: Anyone, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        do throws(AuthorizationRefusal) {
            let id = try AuthorizationRequest.clientID(in: parameters, defaultClient: call.alias?.defaultClient)
            let (request, client) = try await judged(parameters, clientID: id, from: call.clientAddress)
            // A page is always shown, so that no site can have a code made by sending a browser here.
            let session: Session?
            do throws(Rejection) {
                session = try flow.session(of: call)
            } catch {
                throw AuthorizationRefusal(error, at: .redirect(request.target))
            }
            let isSignedIn = session.map { request.accepts(signInAt: $0.authenticatedAt, received: call.now) } ?? false
            try request.checkPrompt(isSignedIn: isSignedIn, hasConsented: false)
            do throws(Rejection) {
                return try await flow.begin(request, client: client, call: call)
            } catch {
                throw AuthorizationRefusal(error, at: .redirect(request.target))
            }
        } catch {
            guard let location = error.location(issuer: flow.issuer) else { throw error.rejection }
            var response = HTTPResponse.redirect(location)
            response.reason = error.rejection.reason
            return response
        }
    }

    /// The valid request and its client. A client that published another redirect a moment ago is looked up anew.
    private func judged(
        _ parameters: ParameterList, clientID id: String, from address: String
    ) async throws(AuthorizationRefusal) -> (AuthorizationRequest, ClientRecord) {
        let policy = flow.policy
        func judge(_ client: ClientRecord?) throws(AuthorizationRefusal) -> (AuthorizationRequest, ClientRecord) {
            let request = try AuthorizationRequest(parameters, clientID: id, client: client, policy: policy)
            guard let client else { throw AuthorizationRefusal(.unknownClient(id: id), at: .page) }
            return (request, client)
        }
        let client = try await self.client(id, from: address)
        do throws(AuthorizationRefusal) {
            return try judge(client)
        } catch {
            guard client?.origin == .document, error.rejection == .redirect(.unregistered) else { throw error }
            return try judge(try await self.client(id, from: address, lacksSomething: true))
        }
    }

    private func client(
        _ id: String, from address: String, lacksSomething: Bool = false
    ) async throws(AuthorizationRefusal) -> ClientRecord? {
        do throws(Rejection) {
            return try await flow.clients.client(
                id, for: .authorization, from: address, lacksSomething: lacksSomething)
        } catch {
            throw AuthorizationRefusal(error, at: .page)
        }
    }
}
