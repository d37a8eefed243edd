import Cryptography
import Testing

@Suite("claims are checked at a given time")
struct ClaimsPolicyTests {
    static let policy = ClaimsPolicy(
        issuer: "https://a.example", audience: .contains("https://r.example/mcp"), required: ["jti"])

    func verdict(
        _ claims: String, now: Int = 1000, policy: ClaimsPolicy = ClaimsPolicyTests.policy
    ) throws -> ClaimsPolicy.Rejection? {
        let claims = try JWTClaims(parsing: Array(claims.utf8))
        do throws(ClaimsPolicy.Rejection) {
            try policy.check(claims, now: now)
            return nil
        } catch {
            return error
        }
    }

    private func claims(
        aud: String = #""https://r.example/mcp""#, iss: String = "https://a.example",
        rest: String = #","exp":1001,"jti":"1""#
    ) -> String {
        #"{"iss":"\#(iss)","aud":\#(aud)\#(rest)}"#
    }

    @Test("a right token is taken until its expiry, exactly")
    func expiry() throws {
        #expect(try verdict(claims()) == nil)
        #expect(try verdict(claims(), now: 1001) == .expired)
        #expect(try verdict(claims(rest: #","jti":"1""#)) == .missing("exp"))
        #expect(try verdict(claims(rest: #","exp":1000.9,"jti":"1""#)) == .expired)
        #expect(try verdict(claims(rest: #","exp":1001"#)) == .missing("jti"))
    }

    @Test("nbf and iat may not lie ahead of the leeway")
    func beginnings() throws {
        #expect(try verdict(claims(rest: #","exp":2000,"jti":"1","nbf":1001"#)) == .notYetValid)
        #expect(try verdict(claims(rest: #","exp":2000,"jti":"1","iat":1001"#)) == .issuedInTheFuture)
        #expect(try verdict(claims(rest: #","exp":2000,"jti":"1","nbf":1000,"iat":1000"#)) == nil)
        var foreign = Self.policy
        foreign.leeway = 30
        #expect(try verdict(claims(rest: #","exp":971,"jti":"1","nbf":1030,"iat":1030"#), policy: foreign) == nil)
        #expect(try verdict(claims(rest: #","exp":970,"jti":"1""#), policy: foreign) == .expired)
    }

    @Test(
        "J06 an audience that is not ours is refused",
        arguments: [
            #""https://r.example""#, #""https://r.example/mcp/""#, #""HTTPS://R.EXAMPLE/mcp""#,
            #""https://r.example/mcpEVIL""#, #"["https://other.example"]"#,
        ])
    func audience(aud: String) throws {
        #expect(try verdict(claims(aud: aud)) == .audience)
    }

    @Test(
        "J06 an audience of the wrong shape is malformed",
        arguments: [#""""#, "[]", "{}", "1", "[1]", #"[""]"#, "null"])
    func malformedAudience(aud: String) {
        #expect(throws: JWSError.malformedClaims) { try verdict(claims(aud: aud)) }
    }

    @Test("D25 an assertion names its one audience as a single string")
    func assertionAudience() throws {
        let policy = ClaimsPolicy(
            issuer: "c", audience: .exactlyOne(of: ["https://a.example", "https://a.example/token"]), subject: "c",
            required: ["jti"], maximumLifetime: 300)
        func assertion(_ aud: String, exp: Int = 1300, sub: String = "c") -> String {
            #"{"iss":"c","sub":"\#(sub)","aud":\#(aud),"exp":\#(exp),"jti":"1"}"#
        }
        #expect(try verdict(assertion(#""https://a.example""#), policy: policy) == nil)
        #expect(try verdict(assertion(#""https://a.example/token""#), policy: policy) == nil)
        for aud in [
            #"["https://a.example"]"#, #"["https://a.example","https://b.example"]"#, #""https://b.example/token""#,
        ] {
            #expect(try verdict(assertion(aud), policy: policy) == .audience)
        }
        #expect(try verdict(assertion(#""https://a.example""#, exp: 1301), policy: policy) == .livesTooLong)
        #expect(try verdict(assertion(#""https://a.example""#, sub: "d"), policy: policy) == .subject)
    }

    @Test(
        "the issuer is compared byte for byte",
        arguments: ["https://a.example/", "https://A.example", "http://a.example"])
    func issuer(iss: String) throws {
        #expect(try verdict(claims(iss: iss)) == .issuer)
    }

    @Test(
        "J09 double claims, other types and odd dates are refused",
        arguments: [
            #"{"iss":"a","iss":"b"}"#, #"{"iss":1}"#, #"{"exp":"5"}"#, #"{"exp":-1}"#, #"{"exp":1e300}"#,
            #"{"exp":null}"#,
            #"{"jti":7}"#, #"{"sub":""}"#, "[]", "7", "", #"{"iss":"a"}x"#,
        ])
    func malformed(text: String) {
        #expect(throws: JWSError.malformedClaims) { try JWTClaims(parsing: Array(text.utf8)) }
    }
}
