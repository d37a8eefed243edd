import HTTPServer
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("D how clients say who they are")
struct ClientCredentialTests {
    private let bench: InProcessServer

    init() throws {
        bench = try InProcessServer()
    }

    private static let secret = InProcessServer.secrets["RS_SECRET"] ?? ""

    private func form(_ code: String) -> [(String, String)] {
        [("grant_type", "authorization_code"), ("code", code), ("code_verifier", GrantFixture.verifier)]
    }

    /// True when the code can still be redeemed by whom it belongs to.
    private func isUsable(_ code: String) async -> Bool {
        await bench.post(bench.token, form(code), [Basic.field("resource-server", Self.secret)]).status == 200
    }

    @Test(
        "D12 a token request is one form and nothing else",
        arguments: [
            "application/json", "multipart/form-data; boundary=x", "",
            "application/json, application/x-www-form-urlencoded", "text/plain",
        ])
    func contentTypes(_ type: String) async throws {
        let code = try await bench.grants.code(for: "resource-server")
        let fields = (type.isEmpty ? [] : [("Content-Type", type)]) + [Basic.field("resource-server", Self.secret)]
        let reply = await bench.ask(bench.token, .post, fields, FormCoding.encoded(form(code)))
        #expect(reply.outcome == "415 invalid_request")
        #expect(await isUsable(code))
    }

    @Test("D12 a parameter of the content type does not matter; a form that is none is refused")
    func forms() async throws {
        let code = try await bench.grants.code(for: "cid_mcp")
        let good = await bench.ask(
            bench.token, .post, [("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")],
            FormCoding.encoded(form(code) + [("client_id", "cid_mcp")]))
        #expect(good.status == 200)
        for body in ["%", "a=%zz", "a=%00", "=x", "a=\u{e9}"] {
            let reply = await bench.ask(
                bench.token, .post, [("Content-Type", "application/x-www-form-urlencoded")], body)
            #expect(reply.outcome == "400 invalid_request")
        }
    }

    @Test("D15 a token is asked for by POST", arguments: [HTTPMethod.get, .head, .put, .delete])
    func method(_ method: HTTPMethod) async {
        let reply = await bench.ask(bench.token, method)
        #expect(reply.status == 405 && reply.headers["Allow"] == "POST")
    }

    @Test("D16 no parameter may stand twice", arguments: ["grant_type", "code", "client_id", "code_verifier", "odd"])
    func repetition(_ name: String) async throws {
        let code = try await bench.grants.code(for: "cid_mcp")
        let pairs = form(code) + [("client_id", "cid_mcp"), ("odd", "1")]
        let value = try #require(pairs.first { $0.0 == name }?.1)
        #expect(await bench.post(bench.token, pairs + [(name, value)]).outcome == "400 invalid_request")
        #expect(await bench.post(bench.token, pairs).status == 200)
    }

    @Test("D17 there are two grant types")
    func grantTypes() async {
        #expect(await bench.post(bench.token, [("client_id", "cid_mcp")]).outcome == "400 invalid_request")
        for type in ["password", "implicit", "client_credentials", "urn:x", "AUTHORIZATION_CODE"] {
            let reply = await bench.post(bench.token, [("grant_type", type), ("client_id", "cid_mcp")])
            #expect(reply.outcome == "400 unsupported_grant_type")
        }
    }

    @Test("D18 whatever is wrong with Basic, the answer is the same, and the code is as good as before")
    func basic() async throws {
        let code = try await bench.grants.code(for: "resource-server")
        let fields = [
            Basic.field("resource-server", "wrong"), Basic.field("unknown", "wrong"), Basic.field("", "x"),
            ("Authorization", "Basic !!!"), ("Authorization", "Basic"), ("Authorization", "Basic "),
            ("Authorization", "Basic \(Basic.base64("resource-server"))"),
            ("Authorization", "Basic \(Basic.base64("resource-server:%zz"))"), Basic.field("resource-server", ""),
        ]
        var bodies: Set<[UInt8]> = []
        for field in fields {
            let reply = await bench.post(bench.token, form(code), [field])
            #expect(reply.outcome == "401 invalid_client", "\(field)")
            #expect(reply.headers["WWW-Authenticate"]?.hasPrefix("Basic realm=") == true, "\(field)")
            bodies.insert(reply.body)
        }
        #expect(bodies.count == 1)
        #expect(await isUsable(code))
    }

    @Test("D18 a failure without Basic has no Basic challenge")
    func noChallenge() async {
        let reply = await bench.post(
            bench.token, [("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", "unknown")])
        #expect(reply.outcome == "401 invalid_client")
        #expect(reply.headers["WWW-Authenticate"] == nil)
    }

    @Test("D19 the scheme has no case, and id and secret are decoded as in a form", arguments: ["basic", "BASIC"])
    func decoding(_ scheme: String) async throws {
        let code = try await bench.grants.code(for: "resource-server")
        let field = Basic.field("resource-server", Self.secret).1.replacing("Basic", with: scheme)
        #expect(await bench.post(bench.token, form(code), [("Authorization", field)]).status == 200)
        let plus = try await bench.grants.code(for: "resource-server")
        let text = Basic.base64("resource-server:s3cr%3At++%25%2F%c3%a9".replacing("++", with: "+%2B"))
        #expect(await bench.post(bench.token, form(plus), [("Authorization", "Basic \(text)")]).status == 200)
    }

    @Test("D22 a client uses the method that it registered")
    func otherMethod() async throws {
        let code = try await bench.grants.code(for: "resource-server")
        let posted = form(code) + [("client_id", "resource-server"), ("client_secret", Self.secret)]
        #expect(await bench.post(bench.token, posted).outcome == "401 invalid_client")
        let missing = form(code) + [("client_id", "resource-server")]
        #expect(await bench.post(bench.token, missing).outcome == "401 invalid_client")
        #expect(await isUsable(code))
        let other = try await bench.grants.code(for: "poster")
        let secret = InProcessServer.secrets["POST_SECRET"] ?? ""
        #expect(
            await bench.post(bench.token, form(other), [Basic.field("poster", secret)]).outcome == "401 invalid_client")
        let right = form(other) + [("client_id", "poster"), ("client_secret", secret)]
        #expect(await bench.post(bench.token, right).status == 200)
    }

    @Test("D22 two ways at once are one too many")
    func severalWays() async throws {
        let code = try await bench.grants.code(for: "resource-server")
        let both = await bench.post(
            bench.token, form(code) + [("client_secret", Self.secret)], [Basic.field("resource-server", Self.secret)])
        #expect(both.outcome == "400 invalid_request")
        let field = Basic.field("resource-server", Self.secret)
        #expect(await bench.post(bench.token, form(code), [field, field]).outcome == "400 invalid_request")
        #expect(await isUsable(code))
    }

    @Test("D23 a public client that sends a secret is refused")
    func publicSecret() async throws {
        let code = try await bench.grants.code(for: "cid_mcp")
        let posted = form(code) + [("client_id", "cid_mcp"), ("client_secret", "x")]
        #expect(await bench.post(bench.token, posted).outcome == "401 invalid_client")
        #expect(
            await bench.post(bench.token, form(code), [Basic.field("cid_mcp", "x")]).outcome == "401 invalid_client")
        #expect(await bench.post(bench.token, form(code) + [("client_id", "cid_mcp")]).status == 200)
    }

    @Test("D26 an assertion that is not signed by a key of the client is refused")
    func assertions() async throws {
        let code = try await bench.grants.code(for: "cid_mcp")
        for header in [#"{"alg":"none"}"#, #"{"alg":"HS256"}"#, #"{"alg":"ES256"}"#] {
            let claims = #"{"iss":"cid_mcp","sub":"cid_mcp","aud":"\#(Sample.issuer)","exp":1800000100,"jti":"1"}"#
            let text = [header, claims].map { Basic.base64($0).filter { $0 != "=" } }.joined(separator: ".") + ".AAAA"
            let reply = await bench.post(
                bench.token,
                form(code) + [
                    ("client_id", "cid_mcp"), ("client_assertion", text),
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ])
            #expect(reply.outcome == "401 invalid_client")
        }
        #expect(await bench.post(bench.token, form(code) + [("client_id", "cid_mcp")]).status == 200)
    }
}
