import HTTPServer
import OAuthProtocol

/// `/userinfo` (OpenID Connect Core §5.3): claims about the user of an access token that was granted `openid`.
struct UserInfoEndpoint: Endpoint {
    let readers = EndpointReaders.programs
    let access: EndpointAccess<String, AccessTokenFacts>
    private let claims: any UserClaims

    private static let scopes = ["openid"]

    init(resources: ResourceTable, tokens: TokenService, claims: any UserClaims) {
        self.claims = claims
        access = .proven(by: .accessToken, limit: .otherRequest) { (token, call) throws(Rejection) in
            // A token for a resource that is no longer ours says nothing here either.
            guard let facts = try await tokens.facts(of: token, now: call.now), resources[facts.audience] != nil else {
                throw .bearer(.invalid, challenge: BearerChallenge(scopes: Self.scopes, error: .invalidToken))
            }
            return facts
        }
    }

    /// The token that was presented.
    func parse(_ call: EndpointCall) throws(Rejection) -> String {
        try UserInfoRequest.token(
            method: call.request.method.rawValue, authorization: call.request.headers.values(of: "Authorization"),
            query: call.query, form: try form(of: call), challenge: BearerChallenge(scopes: Self.scopes))
    }

    func authorize(_ facts: AccessTokenFacts, _ token: String) throws(Rejection) {
        try UserInfoRequest.checkScope(
            facts.scopes, challenge: BearerChallenge(scopes: Self.scopes, error: .insufficientScope))
    }

    func act(
        _ token: String, by facts: AccessTokenFacts, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
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
