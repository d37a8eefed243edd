import Cryptography
import HTTPClient
import HTTPServer
import JSONSyntax
import OAuthModel
import RuntimeConfig
import Testing
import WebSyntax

@testable import AuthServer

@Suite("signed tokens of another issuer")
struct SignedTokensTests {
    private let first: IssuerKey
    private let second: IssuerKey
    private let server: VerifyingServer

    init() throws {
        let (first, second) = (try IssuerKey.p256("k1"), try IssuerKey.p256("k2"))
        (self.first, self.second) = (first, second)
        server = try VerifyingServer(
            ScriptedIssuer { (_, _) throws(HTTPClientError) in try ScriptedIssuer.keys([first]) })
    }

    private func serve(_ keys: IssuerKey...) {
        server.issuer.answer { (_, _) throws(HTTPClientError) in try ScriptedIssuer.keys(keys) }
    }

    private func fail(_ error: HTTPClientError) {
        server.issuer.answer { (_, _) throws(HTTPClientError) in throw error }
    }

    @Test("J40 a good token passes with its identity, at its own resource alone, and the keys are fetched once")
    func good() async throws {
        let other = try IssuerKey.rsa("r1")
        serve(first, other)
        for key in [first, other] {
            server.clock.pass(.seconds(1_000))
            let answer = await server.ask(try key.token())
            #expect(answer.status == 200)
            #expect(answer.headers["X-MCP-Subject"] == "alice" && answer.headers["X-MCP-Client"] == "cid_client")
            #expect(answer.headers["X-MCP-Issuer"] == ScriptedIssuer.issuer)
            #expect(answer.headers["X-MCP-Scopes"] == "mcp.tools")
            #expect(await server.status(try key.token(), resource: "https://mcp.example.com/other") == 401)
        }
        // They were stale the second time, and renewed beside the request.
        #expect(await server.eventually { server.issuer.questions.count == 2 })
        for _ in 0..<20 { #expect(await server.status(try first.token()) == 200) }
        #expect(server.issuer.questions.count == 2 && server.told.withLock { $0 }.isEmpty)
    }

    @Test("too little scope is 403 with a challenge; no token, a bad one and one for elsewhere are 401 with one")
    func challenges() async throws {
        let narrow = await server.ask(try first.token([("scope", "openid")]))
        #expect(narrow.status == 403 && narrow.headers["X-MCP-Challenge"]?.contains("insufficient_scope") == true)
        let foreign = await server.ask(try first.token(resource: "https://other.example.com"))
        #expect(foreign.status == 401)
        #expect(foreign.headers["WWW-Authenticate"]?.hasSuffix("error=\"invalid_token\"") == true)
    }

    @Test("J02 no algorithm but the listed ones counts, nor the public key as a secret")
    func algorithms() async throws {
        let token = try first.token()
        let parts = token.split(separator: ".").map(String.init)
        for header in [
            #"{"alg":"none","typ":"at+jwt","kid":"k1"}"#, #"{"alg":"NONE","typ":"at+jwt","kid":"k1"}"#,
            #"{"alg":"HS256","typ":"at+jwt","kid":"k1"}"#, #"{"alg":"RS256","typ":"at+jwt","kid":"k1"}"#,
            #"{"alg":"es256","typ":"at+jwt","kid":"k1"}"#,
        ] {
            let head = Base64URL.encode(Array(header.utf8))
            for signature in ["", parts[2], Base64URL.encode([UInt8](repeating: 1, count: 32))] {
                #expect(await server.status("\(head).\(parts[1]).\(signature)") == 401, "\(header)")
            }
        }
        let only = try VerifyingServer(server.issuer) { config in
            config.verification = .signed(
                RuntimeConfig.SignedTokens(
                    keys: .url(ScriptedIssuer.keysURL), algorithms: [.rs256], types: ["at+jwt"], leeway: 30,
                    staleKeys: 60))
        }
        #expect(await only.status(token) == 401)
    }

    @Test("J03 key ids and headers that lead elsewhere cause one fetch of the issuer's keys at most")
    func headers() async throws {
        #expect(await server.status(try first.token()) == 200)
        let parts = try first.token().split(separator: ".").map(String.init)
        for member in [
            #""kid":"../../dev/null""#, #""kid":"' OR 1=1 --""#, #""kid":"\#(String(repeating: "k", count: 10_240))""#,
            #""kid":"k1","jku":"https://evil.example/keys""#, #""kid":"k1","x5u":"https://evil.example/x""#,
            #""kid":"k1","jwk":{"kty":"EC"}"#, #""kid":"k1","crit":["exp"]"#, #""kid":"k1","b64":false"#,
        ] {
            let head = Base64URL.encode(Array(#"{"alg":"ES256","typ":"at+jwt",\#(member)}"#.utf8))
            #expect(await server.status("\(head).\(parts[1]).\(parts[2])") == 401, "\(member)")
        }
        server.clock.pass(.seconds(11))
        for index in 0..<100 {
            let head = Base64URL.encode(Array(#"{"alg":"ES256","typ":"at+jwt","kid":"x\#(index)"}"#.utf8))
            #expect(await server.status("\(head).\(parts[1]).\(parts[2])") == 401)
        }
        #expect(server.issuer.questions == [ScriptedIssuer.keysURL, ScriptedIssuer.keysURL])
    }

    @Test("J09 other spellings of a good token are other tokens")
    func spellings() async throws {
        let token = try first.token()
        let parts = token.split(separator: ".").map(String.init)
        let doubled = Base64URL.encode(
            Array(#"{"sub":"eve","#.utf8) + (Base64URL.decode(parts[1]) ?? []).dropFirst())
        for other in [
            token + ".", token + "=", ".\(token)", "\(parts[0]).\(parts[1])", "\(token).\(parts[2]).\(parts[2])",
            "\(parts[0]).\(doubled).\(parts[2])", "\(parts[0]).\(parts[1]).\(second.id)",
            token + String(repeating: "a", count: 20_000),
        ] {
            #expect(await server.status(other) == 401)
        }
        #expect(await server.status(try second.token()) == 401)
    }

    @Test("J41 an ID token, another type of token and another issuer's are refused")
    func kinds() async throws {
        #expect(await server.status(try first.token(type: "JWT")) == 200)
        for type in ["dpop+jwt", "logout+jwt", "secevent+jwt", "oauth-id-jag+jwt"] {
            #expect(await server.status(try first.token(type: type)) == 401, "\(type)")
        }
        for claim: (String, JSON) in [
            ("typ", "ID"), ("at_hash", "x"), ("cnf", ["jkt": "x"]), ("iss", "https://evil.example"), ("sub", .null),
            ("exp", .null), ("exp", 1_799_999_000),
        ] {
            #expect(await server.status(try first.token([claim])) == 401, "\(claim.0)")
        }
    }

    @Test("J42 a token by a new key passes, and one by a key that is gone is refused once the keys were renewed")
    func rotation() async throws {
        let (old, new) = (try first.token(), try second.token())
        #expect(await server.status(old) == 200)
        serve(first, second)
        // Within ten seconds of the fetch nobody fetches again for an unknown key.
        #expect(await server.status(new) == 401)
        server.clock.pass(.seconds(11))
        #expect(await server.status(new) == 200)
        #expect(await server.status(old) == 200)
        serve(second)
        server.clock.pass(.seconds(301))
        // The keys at hand still serve the request that has them renewed.
        _ = await server.status(new)
        #expect(await server.eventually { await server.status(old) == 401 })
        #expect(await server.status(new) == 200)
        #expect(server.issuer.questions.count <= 5)
    }

    @Test(
        "J42 while the issuer is away good tokens pass for the stated time, and then nobody does; back, they pass again"
    )
    func outage() async throws {
        let token = try first.token()
        #expect(await server.status(token) == 200)
        fail(.unreachable)
        server.clock.pass(.seconds(1_800))
        #expect(await server.status(token) == 200)
        #expect(await server.eventually { server.told.withLock { $0.count } == 1 })
        // By a key that we do not know, which may be new: nobody can say.
        #expect(await server.status(try second.token()) == 503)
        server.clock.pass(.seconds(1_800))
        let away = await server.ask(token)
        #expect(away.status == 503 && away.headers["Retry-After"] == "5")
        serve(first)
        server.clock.pass(.seconds(3))
        #expect(await server.status(try first.token([("exp", 1_800_007_200)])) == 200)
        #expect(server.told.withLock { $0.last?.hasSuffix("can be verified again") } == true)
    }

    @Test(
        "a key set that is none passes nobody, and the operator is told why",
        arguments: [
            (200, #"{"keys":[]}"#), (200, "<html>"), (200, #"{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}"#), (404, "{}"),
            (500, ""), (200, #"{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}"#),
        ])
    func brokenKeys(status: Int, body: String) async throws {
        server.issuer.answer { (_, _) throws(HTTPClientError) in
            HTTPClientResponse(status: status, fields: [], body: Array(body.utf8))
        }
        #expect(await server.status(try first.token()) == 503)
        #expect(server.told.withLock { $0.count } == 1)
    }

    @Test("J44 garbage is 401 without a word to the issuer where its keys are at hand")
    func garbage() async throws {
        #expect(await server.status(try first.token()) == 200)
        for token in ["a", "cgat_abc", "a.b.c", "..", String(repeating: "a.", count: 4_000)] {
            #expect(await server.status(token) == 401)
        }
        #expect(server.issuer.questions.count == 1)
    }
}

extension VerifyingServer {
    /// True once something holds that is brought about beside the requests.
    func eventually(_ holds: () async -> Bool) async -> Bool {
        for _ in 0..<100_000 {
            if await holds() { return true }
            await Task.yield()
        }
        return false
    }
}
