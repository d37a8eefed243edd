import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing

@Suite("Revocation, introspection and userinfo")
struct TokenAssessmentTests {
    private let challenge = BearerChallenge(resource: Sample.resource(), error: .invalidToken)

    @Test("I01 I03 a revocation names one token; any hint will do")
    func revocation() throws {
        #expect(try RevocationRequest(ParameterList([("token", "t"), ("token_type_hint", "odd")])).token == "t")
        let bad = [
            [], [("token", "")], [("token", "t"), ("token", "t")], [("token", String(repeating: "t", count: 2_049))],
        ]
        for pairs in bad {
            #expect(throws: Rejection.self) { try RevocationRequest(ParameterList(pairs)) }
            #expect(throws: Rejection.self) { try IntrospectionRequest(ParameterList(pairs)) }
        }
    }

    @Test("I06 a store that fails is 503 with Retry-After")
    func unavailable() {
        let wire = Rejection.unavailable(.store, retryAfter: 5).wire
        #expect(wire.status == 503)
        #expect(wire.code == .temporarilyUnavailable)
        #expect(wire.fields == [ResponseField("Retry-After", "5")])
    }

    @Test("I08 an active token is described")
    func active() throws {
        let facts = AccessTokenFacts(
            issuer: "https://i.example", subject: "s", clientID: "c1", audience: "https://mcp.example.com/mcp",
            scopes: ["mcp.tools"], issued: 1, expires: 2)
        let json = try JSON.parse(IntrospectionResponse.active(facts).body)
        #expect(json["active"] == true)
        #expect(json["scope"]?.string == "mcp.tools")
        #expect(json["client_id"]?.string == "c1")
        #expect(json["aud"]?.string == "https://mcp.example.com/mcp")
        #expect(json["exp"]?.int == 2)
        #expect(json["sub"]?.string == "s")
        #expect(json["iss"]?.string == "https://i.example")
    }

    @Test("I09 everything else is inactive and nothing more")
    func inactive() {
        #expect(IntrospectionResponse.inactive.body == Array(#"{"active":false}"#.utf8))
    }

    @Test("I09 I10 an expired token, and another's token asked for by a public client, are inactive")
    func asker() {
        let facts = AccessTokenFacts(
            issuer: "i", subject: "s", clientID: "c2", audience: "a", scopes: [], issued: 1, expires: 100)
        var server = Flow.client(method: .clientSecretBasic)
        #expect(IntrospectionResponse(facts, for: server, now: 1) == .inactive)
        server.allowIntrospection = true
        #expect(IntrospectionResponse(facts, for: server, now: 99) == .active(facts))
        #expect(IntrospectionResponse(facts, for: server, now: 100) == .inactive)
        #expect(IntrospectionResponse(nil, for: server, now: 1) == .inactive)
        #expect(IntrospectionResponse(facts, for: Flow.client(), now: 1) == .inactive)
        var anybody = Flow.client()
        anybody.allowIntrospection = true
        #expect(IntrospectionResponse(facts, for: anybody, now: 1) == .inactive)
        var own = Flow.client()
        own.id = "c2"
        #expect(IntrospectionResponse(facts, for: own, now: 1) == .active(facts))
    }

    @Test("userinfo needs openid")
    func openid() {
        #expect(throws: Rejection.bearer(.insufficientScope, challenge: challenge)) {
            try UserInfoRequest.checkScope(["mcp.tools"], challenge: challenge)
        }
        #expect(throws: Never.self) { try UserInfoRequest.checkScope(["openid"], challenge: challenge) }
    }

    @Test("I13 the token of userinfo stands in the field and nowhere else")
    func userInfo() throws {
        let none = ParameterList([ParameterList.Parameter]())
        func token(
            _ method: String, _ fields: [String], query: ParameterList? = nil, form: ParameterList? = nil
        ) throws(Rejection) -> String {
            try UserInfoRequest.token(
                method: method, authorization: fields, query: query ?? none, form: form ?? none, challenge: challenge)
        }
        #expect(try token("GET", ["Bearer abc"]) == "abc")
        #expect(try token("POST", ["bearer abc"]) == "abc")
        let inForm = ParameterList([("access_token", "abc")])
        #expect(throws: Rejection.bearer(.missing, challenge: challenge)) { try token("POST", [], form: inForm) }
        #expect(throws: Rejection.self) { try token("GET", [], query: inForm) }
        #expect(throws: Rejection.severalCredentials) { try token("GET", ["Bearer a", "Bearer b"]) }
        #expect(throws: Rejection.self) { try token("PUT", ["Bearer a"]) }
    }

    @Test("I14 claims follow the granted scopes")
    func claims() {
        let known = [
            JSONMember("email", "a@example.com"), JSONMember("email_verified", true), JSONMember("name", "A"),
            JSONMember("password", "never"), JSONMember("sub", "other"),
        ]
        let body = UserInfoResponse.body(subject: "s", known: known, scopes: ["openid", "email"])
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"sub":"s","email":"a@example.com","email_verified":true}"#)
        #expect(UserInfoResponse.body(subject: "s", known: known, scopes: ["openid"]) == Array(#"{"sub":"s"}"#.utf8))
    }

    @Test("H09 too little scope is 403 with its challenge")
    func insufficientScope() {
        let challenge = BearerChallenge(resource: Sample.resource(), error: .insufficientScope)
        let wire = Rejection.bearer(.insufficientScope, challenge: challenge).wire
        #expect(wire.status == 403)
        #expect(wire.fields == [ResponseField("WWW-Authenticate", challenge.fieldValue)])
    }
}
