import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// `/userinfo` (OpenID Connect Core §5.3): claims about the user of an access token that was granted `openid`.
struct UserInfoEndpoint: Endpoint {
    private let resources: ResourceTable
    private let verifier: TokenVerifier
    private let claims: any UserClaims
    let purpose: RateLimits.Purpose? = .otherRequest

    init(authority: Authority, claims: any UserClaims) {
        resources = ResourceTable(authority.config.resources)
        verifier = authority.verifier
        self.claims = claims
    }

    private static let scopes = ["openid"]

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let request = call.request
        let token = try UserInfoRequest.token(
            method: request.method.rawValue, authorization: request.headers.values(of: "Authorization"),
            query: call.query, form: try form(of: call), challenge: BearerChallenge(scopes: Self.scopes))
        let found = try await verifier.facts(of: token, now: call.now)
        // A token for a resource that is no longer ours says nothing here either.
        guard let facts = found, resources[facts.audience] != nil else {
            throw .bearer(.invalid, challenge: BearerChallenge(scopes: Self.scopes, error: .invalidToken))
        }
        try UserInfoRequest.checkScope(
            facts.scopes, challenge: BearerChallenge(scopes: Self.scopes, error: .insufficientScope))
        let known = try await claims.claims(ofSubject: facts.subject)
        return HTTPResponse(
            200, fields: UserInfoResponse.fields,
            body: UserInfoResponse.body(subject: facts.subject, known: known, scopes: facts.scopes))
    }

    /// The form of a POST, which must not hold a token; a body of another type holds no parameters.
    private func form(of call: EndpointCall) throws(Rejection) -> ParameterList {
        guard call.request.method == .post, let type = call.request.headers["Content-Type"],
            MediaType.isExactly("application/x-www-form-urlencoded", type)
        else { return ParameterList([ParameterList.Parameter]()) }
        return try call.bodyParameters()
    }
}
