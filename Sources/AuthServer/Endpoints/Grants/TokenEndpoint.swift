import HTTPServer
import OAuthModel
import OAuthProtocol

/// `/token` (RFC 6749 §3.2): has a client exchange what one of the grants takes for tokens.
struct TokenEndpoint: Endpoint {
    let readers = EndpointReaders.programs
    let access: EndpointAccess<FormRequest<GrantExchange>, ClientRecord>
    private let clients: ClientService
    private let grants: [GrantType: any TokenGrant]

    init(clients: ClientService, grants: [any TokenGrant]) {
        access = .clients(clients, limit: .tokenRequest)
        self.clients = clients
        self.grants = Dictionary(grants.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func parse(_ call: EndpointCall) throws(Rejection) -> FormRequest<GrantExchange> {
        let form = try call.form()
        guard let grant = grants[try GrantType(form)] else { throw .unsupportedGrantType }
        return FormRequest(form: form, content: try grant.exchange(form))
    }

    func authorize(_ client: ClientRecord, _ request: FormRequest<GrantExchange>) throws(Rejection) {
        try client.checkGrantType(request.content.type)
    }

    func act(
        _ request: FormRequest<GrantExchange>, by client: ClientRecord, _ call: EndpointCall
    ) async throws(Rejection) -> TokenResponse {
        let response = try await request.content.exchange(client, call.now)
        await clients.keepDocuments(of: client)
        return response
    }

    func respond(_ response: TokenResponse, to call: EndpointCall) -> HTTPResponse {
        HTTPResponse(200, fields: response.fields, body: response.body)
    }
}
