import HTTPServer
import OAuthProtocol
import OAuthStores

/// `/revoke` (RFC 7009): ends an access token, or with a refresh token its whole grant. Whether there was anything to
/// end is not told; that it is done is told once it is on the disk.
struct RevocationEndpoint: Endpoint {
    let readers = EndpointReaders.programs
    let access: EndpointAccess<FormRequest<RevocationRequest>, ClientRecord>
    private let tokens: TokenService

    init(clients: ClientService, tokens: TokenService) {
        access = .clients(clients, limit: .tokenRequest)
        self.tokens = tokens
    }

    func parse(_ call: EndpointCall) throws(Rejection) -> FormRequest<RevocationRequest> {
        let form = try call.form()
        return FormRequest(form: form, content: try RevocationRequest(form))
    }

    func act(
        _ request: FormRequest<RevocationRequest>, by client: ClientRecord, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        if let hash = try tokens.storedHash(ofToken: request.content.token) {
            try await tokens.revoke(TokenRevocation(hash, clientID: client.id), now: call.now)
        }
        return HTTPResponse(200, headers: ["Cache-Control": "no-store", "Pragma": "no-cache"])
    }
}
