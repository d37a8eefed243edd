import Foundation
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

/// Group B of the security cases: the authorization endpoint.
@Suite("B authorization endpoint", .serialized)
struct AuthorizationEndpointSecurityTests {
    private static func get(_ changes: [(String, String?)], _ deployment: OAuthServerProcess) async throws -> Answer {
        try await Browser(deployment.server).get(OAuthServerProcess.authorization(changes))
    }

    /// A page or JSON of our own: nobody is redirected.
    private static func expectLocal(_ answer: Answer, _ what: String = "") {
        #expect(answer.status == 400, "\(what)")
        #expect(answer.location == nil, "\(what)")
    }

    private static func expectRedirect(_ answer: Answer, error: String, _ what: String = "") {
        #expect(answer.status == 303, "\(what)")
        #expect(answer.redirectParameter("error") == error, "\(what)")
        #expect(answer.redirectParameters.filter { $0.name == "iss" }.map(\.value) == [Sample.issuer], "\(what)")
        #expect(answer.redirectParameter("code") == nil, "\(what)")
        #expect(answer.location?.hasPrefix(OAuthServerProcess.redirect + "?") == true, "\(what)")
    }

    @Test("B01 C12 a valid request without a session shows a page, redirects nowhere and sets no state")
    func valid() async throws {
        let deployment = try await OAuthServerProcess.start()
        let answer = try await Self.get([], deployment)
        #expect(answer.status == 200)
        #expect(answer.location == nil)
        // The one cookie is a nonce that forms are bound to.
        #expect(answer.values("set-cookie").allSatisfy { $0.hasPrefix("__Host-cg-browser=") })
        #expect(answer.body.contains("chatgpt.com"))
    }

    @Test("B02 B21 who asks must be known and named once")
    func clients() async throws {
        let deployment = try await OAuthServerProcess.start()
        for changes: [(String, String?)] in [
            [("client_id", "nobody")], [("client_id", nil)], [("client_id", "cid_mcp"), ("client_id", "cid_other")],
            [("client_id", "cid_mcp"), ("client_id", "cid_mcp")], [("client_id", "dyn_unknown")],
            [("client_id", "CID_MCP")],
        ] {
            Self.expectLocal(try await Self.get(changes, deployment), "\(changes)")
            let program = Browser(deployment.server)
            program.fields = []
            let json = try await program.get(OAuthServerProcess.authorization(changes))
            Self.expectLocal(json, "\(changes) for a program")
            #expect(json.member("error") != nil && json["www-authenticate"] == nil)
        }
        Self.expectLocal(
            try await Self.get(
                [("redirect_uri", OAuthServerProcess.redirect), ("redirect_uri", OAuthServerProcess.redirect)],
                deployment))
    }

    @Test("B04 B06 B09 B12 B13 a redirect URI is the registered one, byte for byte, or the answer stays here")
    func redirects() async throws {
        let deployment = try await OAuthServerProcess.start { config in
            config.redirects.append(RuntimeConfig.Redirect(uri: "http://127.0.0.1/cb", match: .loopback))
        }
        for redirect in [
            "https://evil.example/cb", "HTTPS://chatgpt.com/cb", "https://CHATGPT.com/cb", "https://chatgpt.com/CB",
            "https://chatgpt.com/cb/", "https://chatgpt.com/cb?x=1", "https://chatgpt.com@evil.example/cb",
            "https://chatgpt.com.evil.example/cb", "https://evil.example#chatgpt.com/cb", "https://chatgpt.com:443/cb",
            "https://chatgpt.com./cb", "https://chatgpt.com/x/../cb", "https://chatgpt.com/%2e%2e/cb",
            "http://127.0.0.1:49152/other", "https://127.0.0.1:49152/cb", "http://127.0.0.2:49152/cb",
            "http://localhost:49152/cb", "http://[::1]:49152/cb", "http://127.0.0.1.evil.example/cb",
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
            "blob:https://chatgpt.com/x", " https://chatgpt.com/cb", "\thttps://chatgpt.com/cb",
            "https://chatgpt.com/cb\r\nX: y", "//chatgpt.com/cb", "/cb", "",
        ] {
            Self.expectLocal(try await Self.get([("redirect_uri", redirect)], deployment), redirect)
        }
        let loopback = try await Self.get([("redirect_uri", "http://127.0.0.1:49152/cb")], deployment)
        #expect(loopback.status == 200, "B11 any port of a loopback literal")
    }

    @Test("B05 a request without redirect URI is for clients with exactly one")
    func absentRedirect() async throws {
        let deployment = try await OAuthServerProcess.start { config in
            config.clients[0].redirects = [RuntimeConfig.Redirect(uri: OAuthServerProcess.redirect, match: .exact)]
            config.clients[1].redirects = [
                RuntimeConfig.Redirect(uri: OAuthServerProcess.redirect, match: .exact),
                RuntimeConfig.Redirect(uri: "https://chatgpt.com/two", match: .exact),
            ]
        }
        #expect(try await Self.get([("redirect_uri", nil)], deployment).status == 200)
        Self.expectLocal(try await Self.get([("redirect_uri", nil), ("client_id", "cid_other")], deployment))
    }

    @Test("B15 B16 B17 B31 B33 B34 faults of the request are told to the client, with one iss and no code")
    func faults() async throws {
        let deployment = try await OAuthServerProcess.start()
        let short = String(repeating: "a", count: 42)
        let cases: [([(String, String?)], String)] = [
            ([("response_type", "token")], "unsupported_response_type"),
            ([("response_type", "id_token")], "unsupported_response_type"),
            ([("response_type", "code token")], "unsupported_response_type"),
            ([("response_type", "none")], "unsupported_response_type"),
            ([("response_type", nil)], "invalid_request"),
            ([("code_challenge", nil)], "invalid_request"),
            ([("code_challenge", short)], "invalid_request"),
            ([("code_challenge", short + "+")], "invalid_request"),
            ([("code_challenge_method", "plain")], "invalid_request"),
            ([("code_challenge_method", "s256")], "invalid_request"),
            ([("code_challenge_method", nil)], "invalid_request"),
            ([("response_mode", "fragment")], "invalid_request"),
            ([("resource", "https://evil.example/mcp")], "invalid_target"),
            ([("resource", "https://mcp.example.com/mcp"), ("resource", "https://evil.example/")], "invalid_target"),
            ([("resource", "https://mcp.example.com/mcp#x")], "invalid_target"),
            ([("resource", "/mcp")], "invalid_target"),
            ([("request", "e30.e30.")], "request_not_supported"),
            ([("request_uri", "http://169.254.169.254/")], "request_uri_not_supported"),
            ([("prompt", "none")], "login_required"),
            ([("scope", "nothing")], "invalid_scope"),
            ([("nonce", "a"), ("nonce", "b")], "invalid_request"),
        ]
        for (changes, error) in cases {
            Self.expectRedirect(try await Self.get(changes, deployment), error: error, "\(changes)")
        }
    }

    @Test("B23 the state comes back byte for byte, and not at all where none was sent")
    func state() async throws {
        let deployment = try await OAuthServerProcess.start()
        for state in [
            "x", String(repeating: "s", count: 2_048), "ünï©ode ☃", "+&%25=#\"'<>", #"{"a":[1,2]}"#, "a b", "%00",
        ] {
            let answer = try await Self.get([("state", state), ("prompt", "none")], deployment)
            #expect(answer.redirectParameters.filter { $0.name == "state" }.map(\.value) == [state])
        }
        let without = try await Self.get([("state", nil), ("prompt", "none")], deployment)
        #expect(without.redirectParameter("state") == nil)
    }

    @Test("B25 B38 success is one code, one state and one iss, by 303, with nothing in a fragment")
    func success() async throws {
        let deployment = try await OAuthServerProcess.start()
        let answer = try await deployment.approve(in: Browser(deployment.server))
        #expect(answer.status == 303)
        #expect(answer.redirectParameters.map(\.name) == ["code", "state", "iss"])
        #expect(answer.redirectParameter("state") == "st")
        #expect(answer.redirectParameter("iss") == Sample.issuer)
        #expect(answer.location?.contains("#") == false)
    }

    @Test("B27 parameters of ours in the registered query are replaced, others stay")
    func registeredQuery() async throws {
        let redirect = "https://chatgpt.com/cb?iss=x&code=y&keep=1"
        let deployment = try await OAuthServerProcess.start { config in
            config.redirects.append(RuntimeConfig.Redirect(uri: redirect, match: .exact))
        }
        let target = OAuthServerProcess.authorization([("redirect_uri", redirect)])
        let answer = try await deployment.approve(target, in: Browser(deployment.server))
        #expect(answer.redirectParameters.map(\.name) == ["keep", "code", "state", "iss"])
        #expect(answer.redirectParameter("iss") == Sample.issuer)
    }

    @Test("B28 B29 B32 scopes are narrowed, resources are canonicalised, and a token is bound to one either way")
    func narrowing() async throws {
        let deployment = try await OAuthServerProcess.start()
        for resource: String? in [nil, "https://mcp.example.com/mcp", "HTTPS://MCP.example.com:443/mcp"] {
            let code = try await deployment.code([("resource", resource), ("scope", "mcp.tools unknown profile")])
            let answer = try await deployment.redeem(code)
            #expect(answer.status == 200)
            #expect(answer.member("scope") == "mcp.tools")
            let token = try #require(answer.member("access_token"))
            #expect(try await deployment.verify(token).status == 200)
            let other = try await deployment.verify(token, resource: "https://mcp.example.com/other")
            #expect(other.status == 401)
        }
        for scope in ["a\u{1}b", String(repeating: "a ", count: 2_600), "a\"b"] {
            let answer = try await Self.get([("scope", scope)], deployment)
            #expect(answer.status == 303 && answer.redirectParameter("error") != nil)
        }
    }

    @Test("B39 S02 every page carries the headers that keep it ours, and no CORS")
    func headers() async throws {
        let deployment = try await OAuthServerProcess.start()
        let browser = Browser(deployment.server)
        let signIn = try await browser.get(OAuthServerProcess.authorization())
        let refused = try await deployment.signIn(signIn, in: browser, password: "wrong")
        let consent = try await deployment.signIn(refused, in: browser)
        let error = try await Self.get([("client_id", "nobody")], deployment)
        for page in [signIn, refused, consent, error] {
            let policy = try #require(page["content-security-policy"])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe") && !policy.contains("http"))
            #expect(page["x-frame-options"] == "DENY")
            #expect(page["referrer-policy"] == "no-referrer")
            #expect(page["x-content-type-options"] == "nosniff")
            #expect(page["cache-control"] == "no-store")
            #expect(page["access-control-allow-origin"] == nil)
            #expect(!page.body.contains("<script") && !page.body.contains("src=\"http"))
        }
    }

    @Test("B40 codes have 256 random bits: no repeats, no common prefix beyond the tag, every character as likely")
    func randomness() async throws {
        let deployment = try await OAuthServerProcess.start()
        let browser = Browser(deployment.server)
        var codes: Set<String> = []
        for _ in 0..<300 {
            let answer = try await deployment.approve(in: browser)
            codes.insert(try #require(answer.redirectParameter("code")))
        }
        #expect(codes.count == 300)
        let bodies = codes.map { Array($0.dropFirst(5).prefix(42)) }
        #expect(Set(bodies.map { String($0.prefix(4)) }).count > 290)
        // 64 equally likely characters, 12,600 draws: chi-square with 63 degrees of freedom is below 120 in all but
        // one of a hundred thousand runs.
        var counts: [Character: Double] = [:]
        for body in bodies { for character in body { counts[character, default: 0] += 1 } }
        let expected = Double(300 * 42) / 64
        let statistic = counts.values.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
        #expect(counts.count == 64 && statistic < 120)
    }

    @Test("B41 a request line of 8 KiB works, one of 64 KiB is refused and the connection closed")
    func longRequests() async throws {
        let deployment = try await OAuthServerProcess.start()
        let filler = String(repeating: "f", count: 7_600)
        #expect(try await Self.get([("extra", filler)], deployment).status == 200)
        let long = try await deployment.server.get(
            OAuthServerProcess.authorization([("extra", String(repeating: "f", count: 65_536))]))
        #expect([400, 414, 431].contains(long.status))
    }

    @Test("B43 nothing that a request says becomes markup")
    func escaping() async throws {
        let deployment = try await OAuthServerProcess.start { config in
            config.clients[0].label = "<script>alert(1)</script>\"onload=x ${7*7} {{7*7}}"
        }
        let browser = Browser(deployment.server)
        let page = try await browser.get(
            OAuthServerProcess.authorization([("state", "\"><script>alert(2)</script>"), ("scope", "mcp.tools <b>")]))
        let consent =
            page.status == 200 ? try await deployment.signIn(page, in: browser) : page
        for body in [page.body, consent.body] {
            #expect(!body.contains("<script") && !body.contains("<b>"))
            #expect(body.contains("${7*7} {{7*7}}"))
        }
        #expect(consent.body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }

    @Test("B44 pending authorizations are bounded: the oldest gives way")
    func bounded() async throws {
        let deployment = try await OAuthServerProcess.start { $0.limits.pendingAuthorizations = 3 }
        let browser = Browser(deployment.server)
        let first = try await browser.get(OAuthServerProcess.authorization())
        for _ in 0..<3 { _ = try await browser.get(OAuthServerProcess.authorization()) }
        let last = try await browser.get(OAuthServerProcess.authorization())
        #expect(try await deployment.signIn(first, in: browser).status == 400)
        #expect(try await deployment.signIn(last, in: browser).status == 200)
    }

    @Test("B45 an alias without client_id is its one default client, with that one's redirects and S256")
    func alias() async throws {
        let deployment = try await OAuthServerProcess.start { config in
            config.legacyAliases.append(
                RuntimeConfig.Alias(
                    path: "/api/connector/oauth/authorize", endpoint: .authorize, sunset: right("2999-12-31"),
                    defaultClient: "cid_mcp"))
        }
        func get(_ changes: [(String, String?)]) async throws -> Answer {
            let target = OAuthServerProcess.authorization([("client_id", nil)] + changes)
            return try await Browser(deployment.server)
                .get(target.replacingOccurrences(of: "/mcp/authorize", with: "/api/connector/oauth/authorize"))
        }
        #expect(try await get([]).status == 200)
        Self.expectLocal(try await get([("redirect_uri", "https://evil.example/cb")]))
        Self.expectRedirect(try await get([("code_challenge_method", "plain")]), error: "invalid_request")
        Self.expectLocal(try await Self.get([("client_id", nil)], deployment))
    }
}
