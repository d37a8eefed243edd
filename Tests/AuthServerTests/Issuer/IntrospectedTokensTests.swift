import HTTPClient
import HTTPServer
import JSONSyntax
import OAuthModel
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("opaque tokens of another issuer")
struct IntrospectedTokensTests {
    private static let active: JSON = [
        "active": true, "sub": "alice", "aud": "https://mcp.example.com/mcp", "client_id": "cid_client",
        "scope": "mcp.tools", "exp": 1_800_003_600,
    ]
    private let server: VerifyingServer

    init() throws {
        let issuer = ScriptedIssuer { (_, form) in
            ScriptedIssuer.json(form?.hasPrefix("token=good") == true ? Self.active : ["active": false])
        }
        server = try VerifyingServer(issuer) { config in
            config.verification = .introspected(
                RuntimeConfig.Introspection(
                    url: "https://login.example.com/introspect", clientID: "cid:edge",
                    clientSecret: .file("/run/secret"), cache: 30, leeway: 30))
        }
    }

    private func answer(_ json: JSON, _ status: Int = 200) {
        server.issuer.answer { (_, _) in ScriptedIssuer.json(json, status) }
    }

    @Test(
        "the issuer is asked once in the stated time, with our credentials, and a token that it does not know is refused"
    )
    func cached() async throws {
        let passed = await server.ask("good+/=")
        #expect(passed.status == 200 && passed.headers["X-MCP-Subject"] == "alice")
        #expect(await server.status("bad") == 401)
        for _ in 0..<10 {
            #expect(await server.status("good+/=") == 200)
            #expect(await server.status("bad") == 401)
        }
        // `cid%3Aedge:s%2Bcret`, RFC 6749 §2.3.1.
        let credentials = "Basic Y2lkJTNBZWRnZTpzJTJCY3JldA== "
        #expect(
            server.issuer.forms == [
                credentials + "token=good%2B%2F%3D&token_type_hint=access_token",
                credentials + "token=bad&token_type_hint=access_token",
            ])
        #expect(await server.status("good+/=", resource: "https://mcp.example.com/other") == 401)
        #expect(server.issuer.forms.count == 2)
    }

    @Test(
        "J44 a token of a kind that the issuer does not know is refused, and never makes it look away from the others")
    func unsupported() async throws {
        server.issuer.answer { (_, form) in
            form?.hasPrefix("token=good") == true
                ? ScriptedIssuer.json(Self.active) : ScriptedIssuer.json(["error": "unsupported_token_type"], 400)
        }
        for index in 0..<20 { #expect(await server.status("eyJ\(index).e30.c2ln") == 401) }
        #expect(await server.status("eyJ0.e30.c2ln") == 401)
        #expect(server.issuer.forms.count == 20)
        #expect(await server.status("good") == 200)
        #expect(server.told.withLock { $0.isEmpty })
    }

    @Test("J43 a token that was revoked lives no longer than an answer is kept, and none beyond its end")
    func revoked() async throws {
        #expect(await server.status("good") == 200)
        answer(["active": false])
        server.clock.pass(.seconds(29))
        #expect(await server.status("good") == 200)
        server.clock.pass(.seconds(1))
        #expect(await server.status("good") == 401)
    }

    @Test("many who ask about one token at once are one question")
    func singleFlight() async throws {
        let server = server
        await withTaskGroup { group in
            for _ in 0..<64 { group.addTask { #expect(await server.status("good") == 200) } }
        }
        #expect(server.issuer.forms.count == 1)
    }

    @Test(
        "J44 an issuer that does not answer as it should is 503, never 200 and never 401",
        arguments: [
            (400, #"{"error":"invalid_request"}"#), (400, "x"), (401, "{}"), (403, "{}"), (404, ""), (500, "x"),
            (200, "<html>"), (200, "{}"), (200, #"{"active":"true"}"#),
        ])
    func broken(status: Int, body: String) async throws {
        server.issuer.answer { (_, _) in HTTPClientResponse(status: status, fields: [], body: Array(body.utf8)) }
        #expect(await server.status("good") == 503)
        #expect(server.told.withLock { $0.count } == 1)
    }

    @Test(
        "K10 after five failures it is left alone for a second; what is known goes on, and it is asked again at once then"
    )
    func outage() async throws {
        #expect(await server.status("good") == 200)
        server.issuer.answer { (_, _) throws(HTTPClientError) in throw .timeout }
        for index in 0..<20 { #expect(await server.status("other\(index)") == 503) }
        #expect(server.issuer.forms.count == 6)
        #expect(await server.status("good") == 200)
        answer(Self.active)
        server.clock.pass(.seconds(1))
        #expect(await server.status("other") == 200)
    }

    @Test("J41 what the issuer calls active and is not for here, or is of another kind, is refused")
    func kinds() async throws {
        for (name, value): (String, JSON) in [
            ("aud", "https://other.example.com"), ("aud", .null), ("token_type", "DPoP"), ("typ", "Refresh"),
            ("iss", "https://evil.example"), ("sub", .null), ("exp", 1_799_999_000), ("cnf", ["x5t#S256": "x"]),
        ] {
            let others = (Self.active.members ?? []).filter { $0.name != name }
            answer(.object(others + (value == .null ? [] : [JSONMember(name, value)])))
            #expect(await server.status("token-\(name)-\(value)".filter { $0.isLetter }) == 401, "\(name)")
        }
    }
}
