import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// `/introspect` (RFC 7662): tells a resource server what an access token stands for, and everybody else about tokens
/// of their own.
struct IntrospectionEndpoint: Endpoint {
    private let authority: Authority
    private let verifier: TokenVerifier
    let purpose: RateLimits.Purpose? = .otherRequest

    init(authority: Authority) {
        self.authority = authority
        verifier = authority.verifier
    }

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let form = try call.form()
        let asked = try IntrospectionRequest(form)
        let asker = try await authority.authenticate(call, form)
        let facts = try await verifier.facts(of: asked.token, now: call.now)
        let answer = IntrospectionResponse(facts, for: asker, now: Int(call.now.seconds))
        return HTTPResponse(200, fields: answer.fields, body: answer.body)
    }
}
