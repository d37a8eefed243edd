import HTTPServer
import OAuthProtocol

/// `/introspect` (RFC 7662): tells a resource server what an access token stands for, and everybody else about tokens
/// of their own.
struct IntrospectionEndpoint: Endpoint {
    let readers = EndpointReaders.servers
    let access: EndpointAccess<FormRequest<IntrospectionRequest>, ClientRecord>
    private let tokens: TokenService

    init(clients: ClientService, tokens: TokenService) {
        access = .clients(clients, limit: .otherRequest)
        self.tokens = tokens
    }

    func parse(_ call: EndpointCall) throws(Rejection) -> FormRequest<IntrospectionRequest> {
        let form = try call.form()
        return FormRequest(form: form, content: try IntrospectionRequest(form))
    }

    func act(
        _ request: FormRequest<IntrospectionRequest>, by client: ClientRecord, _ call: EndpointCall
    ) async throws(Rejection) -> IntrospectionResponse {
        let facts = try await tokens.facts(of: request.content.token, now: call.now)
        return IntrospectionResponse(facts, for: client, now: Int(call.now.seconds))
    }

    func respond(_ response: IntrospectionResponse, to call: EndpointCall) -> HTTPResponse {
        HTTPResponse(200, fields: response.fields, body: response.body)
    }
}
