import OAuthProtocol
import RuntimeConfig
import TestSupport
import Testing

@Suite("bearer tokens and challenges")
struct BearerTests {
    @Test(
        "a token is read whatever the case of its scheme", arguments: ["Bearer a", "bearer a", "BEARER a", "bEaReR a"])
    func scheme(_ field: String) {
        #expect(BearerCredentials(field) == .token("a"))
    }

    @Test("every b64token byte and the padding is read")
    func alphabet() {
        #expect(BearerCredentials("Bearer aZ09-._~+/==") == .token("aZ09-._~+/=="))
    }

    @Test(
        "what is no bearer token is none",
        arguments: [
            "", "Bearer", "Bearer ", "Bearer  a", "Bearer\ta", "Bearer a b", "Bearer a,b", "Bearer =", "Bearer a=b",
            "Bearer é", "Basic YTpi", "Digest a", "Bearera", "Bearer \"a\"", "a", " Bearer a",
        ])
    func none(_ field: String) {
        #expect(BearerCredentials(field) == .none)
        #expect(BearerCredentials(nil) == .none)
    }

    @Test("the challenge names metadata and scope, and the error only for a bad token")
    func challenge() {
        let plain = BearerChallenge(resource: Sample.resource())
        let metadata = "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\""
        #expect(plain.fieldValue == "Bearer \(metadata), scope=\"mcp.tools\"")
        let bad = BearerChallenge(resource: Sample.resource(), error: .invalidToken)
        #expect(bad.fieldValue == "Bearer \(metadata), scope=\"mcp.tools\", error=\"invalid_token\"")
    }

    @Test("quotes and backslashes are escaped, and text with other bytes is left out")
    func escaping() {
        let challenge = BearerChallenge(
            resource: Sample.resource(scopes: ["a\"b\\c"]), error: .invalidToken, description: "two\r\nlines")
        #expect(challenge.fieldValue.contains("scope=\"a\\\"b\\\\c\""))
        #expect(!challenge.fieldValue.contains("error_description"))
    }

    @Test("a challenge stays one line of at most 1 KiB with its metadata", arguments: [7, 8])
    func bounded(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let scopes = (0..<Int.random(in: 0...60, using: &random)).map {
                "scope\($0)" + String(repeating: "s", count: $0)
            }
            let value = BearerChallenge(
                resource: Sample.resource(scopes: scopes), error: .insufficientScope,
                description: String(repeating: "d\n", count: Int.random(in: 0...2_000, using: &random))
            ).fieldValue
            #expect(value.utf8.count <= 1_024)
            #expect(value.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            #expect(value.contains("resource_metadata="))
        }
    }
}

@Suite("verification before any token was issued")
struct VerificationTests {
    private let table = ResourceTable([
        Sample.resource(), Sample.resource("https://mcp.example.com/other", origins: []),
    ])

    private func request(
        _ resource: String = "https://mcp.example.com/mcp", authorization: String? = nil, origin: String? = nil,
        method: String? = "POST", requested: String? = nil
    ) -> VerificationRequest {
        VerificationRequest(
            resources: [resource], authorization: authorization, origin: origin, originalMethod: method,
            requestedMethod: requested)
    }

    @Test("no token gives a bare challenge, any token invalid_token")
    func challenges() {
        #expect(request().assess(table) == .decided(.challenge(BearerChallenge(resource: Sample.resource()))))
        #expect(request(authorization: "Bearer a").assess(table) == .token("a", Sample.resource(), others: []))
        #expect(
            request(authorization: "Bearer a").verdict(.unknown, for: Sample.resource(), now: 0)
                == .challenge(BearerChallenge(resource: Sample.resource(), error: .invalidToken)))
    }

    @Test("H72 a field that names several resources asks about each, and about none where one of them is unknown")
    func several() {
        let other = Sample.resource("https://mcp.example.com/other", origins: [])
        let both = "https://mcp.example.com/mcp https://mcp.example.com/other"
        #expect(
            request(both, authorization: "Bearer a").assess(table)
                == .token("a", Sample.resource(), others: [other]))
        #expect(request(both).assess(table) == .decided(.challenge(BearerChallenge(resource: Sample.resource()))))
        for wrong in [
            "", " ", both + " ", " " + both, both.replacing(" ", with: "  "), both + " https://mcp.example.com/x",
            both.replacing(" ", with: ","),
        ] {
            #expect(
                request(wrong, authorization: "Bearer a").assess(table) == .decided(.unknownResource), "\(wrong)")
        }
        let isUnknown = [VerificationRequest.Verdict.unknownResource, .preflight, .notAdmitted].map(\.isOfUnknownToken)
        #expect(isUnknown == [false, false, false])
    }

    private func facts(
        audience: String = "https://mcp.example.com/mcp", scopes: [String] = ["mcp.tools"], expires: Int = 100
    ) -> AccessTokenFacts {
        AccessTokenFacts(
            issuer: "https://mcp.example.com/mcp", subject: "alice", clientID: "c", audience: audience, scopes: scopes,
            issued: 0,
            expires: expires)
    }

    @Test("a token passes to its end, for its resource, with one of the resource's scopes")
    func tokens() {
        let invalid = VerificationRequest.Verdict.challenge(
            BearerChallenge(resource: Sample.resource(), error: .invalidToken))
        let asked = request(authorization: "Bearer a")
        #expect(asked.verdict(.issued(facts()), for: Sample.resource(), now: 99) == .pass(facts()))
        #expect(asked.verdict(.issued(facts()), for: Sample.resource(), now: 100) == invalid)
        for audience in ["https://mcp.example.com/mcp/", "https://mcp.example.com", "https://mcp.example.com/mcpX", ""]
        {
            #expect(asked.verdict(.issued(facts(audience: audience)), for: Sample.resource(), now: 0) == invalid)
        }
        let narrow = facts(scopes: ["offline_access"])
        #expect(
            asked.verdict(.issued(narrow), for: Sample.resource(), now: 0)
                == .challenge(BearerChallenge(resource: Sample.resource(), error: .insufficientScope)))
    }

    @Test("H19 a good token does not help a page of a foreign origin")
    func foreignOrigin() {
        for origin in ["https://evil.example", "null", "https://mcp.example.com.evil.example"] {
            let asked = request(authorization: "Bearer a", origin: origin)
            #expect(asked.verdict(.issued(facts()), for: Sample.resource(), now: 0) == .foreignOrigin)
        }
        for origin in ["https://app.example.com", "https://mcp.example.com"] {
            let asked = request(authorization: "Bearer a", origin: origin)
            #expect(asked.verdict(.issued(facts()), for: Sample.resource(), now: 0) == .pass(facts()))
        }
    }

    @Test(
        "a resource that differs in one byte, or none, or two, is unknown",
        arguments: ["https://mcp.example.com/mcp/", "https://MCP.example.com/mcp", "https://mcp.example.com", ""])
    func unknown(_ resource: String) {
        #expect(request(resource).assess(table) == .decided(.unknownResource))
        var twice = request()
        twice.resources += twice.resources
        #expect(twice.assess(table) == .decided(.unknownResource))
    }

    @Test("only a genuine preflight from an allowed origin passes")
    func preflight() {
        let origin = "https://app.example.com"
        #expect(request(origin: origin, method: "OPTIONS", requested: "POST").assess(table) == .decided(.preflight))
        #expect(
            request(origin: "https://evil.example", method: "OPTIONS", requested: "POST").assess(table)
                == .decided(.foreignOrigin))
        #expect(
            request(origin: "null", method: "OPTIONS", requested: "POST").assess(table) == .decided(.foreignOrigin))
        let challenge = VerificationRequest.Assessment.decided(.challenge(BearerChallenge(resource: Sample.resource())))
        #expect(request(origin: origin, method: "OPTIONS").assess(table) == challenge)
        #expect(request(method: "OPTIONS", requested: "POST").assess(table) == challenge)
        #expect(request(origin: origin, method: "options", requested: "POST").assess(table) == challenge)
        #expect(request(origin: origin, method: "POST", requested: "POST").assess(table) == challenge)
        #expect(
            request("https://mcp.example.com/other", origin: origin, method: "OPTIONS", requested: "POST")
                .assess(table) == .decided(.foreignOrigin))
    }
}

@Suite("errors on the wire")
struct OAuthErrorTests {
    @Test("a body is JSON whatever the description holds")
    func body() {
        #expect(OAuthError.invalidGrant.body() == "{\"error\":\"invalid_grant\"}")
        #expect(
            OAuthError.invalidRequest.body("a \"b\" \\ é\r\n c")
                == "{\"error\":\"invalid_request\",\"error_description\":\"a b   c\"}")
    }

    @Test("each code is a token and each status an error", arguments: OAuthError.allCases)
    func catalogue(_ error: OAuthError) {
        #expect(
            error.rawValue.utf8.allSatisfy {
                $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            })
        #expect((400...503).contains(error.status))
    }
}
