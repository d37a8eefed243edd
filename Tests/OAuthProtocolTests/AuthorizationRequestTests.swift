import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing

@Suite("Authorization requests")
struct AuthorizationRequestTests {
    @Test("B01 a valid request is bound to everything a code needs")
    func valid() throws {
        let request = try Flow.validated(Flow.list(("nonce", "n"), ("extra", "ignored")))
        #expect(request.clientID == "c1")
        #expect(request.redirectURI == Flow.callback)
        #expect(request.state == "xyz")
        #expect(request.challenge.text == Flow.challenge)
        #expect(request.resource == "https://mcp.example.com/mcp")
        #expect(request.scopes == ["mcp.tools"])
        #expect(request.nonce == "n")
    }

    @Test("B02 an unknown, inactive or missing client is told on a page, without a Location")
    func unknownClient() throws {
        var ignored = Flow.client()
        ignored.status = .ignored
        let refusals = [
            Flow.refusal(Flow.list(), client: nil), Flow.refusal(Flow.list(), client: ignored),
            Flow.refusal(Flow.list(("client_id", nil))), Flow.refusal(Flow.list(("client_id", ""))),
            Flow.refusal(Flow.list(("client_id", "c\r\n1"))),
        ]
        for refusal in refusals {
            let refusal = try #require(refusal)
            #expect(refusal.isPage)
            #expect(refusal.location(issuer: "https://i.example") == nil)
            #expect(refusal.rejection.wire.pageStatus == 400)
        }
    }

    @Test("B04 B06 B09 B13 a redirect URI that is not registered byte for byte is told on a page")
    func foreignRedirects() throws {
        let sent = [
            "https://evil.example/cb", "HTTPS://app.example.com/cb", "https://APP.example.com/cb",
            "https://app.example.com/CB", "https://app.example.com/cb/", "https://app.example.com/cb?x=1",
            "https://app.example.com@evil.example/cb", "https://app.example.com.evil.example/cb",
            "https://evil.example#app.example.com/cb", "https://app.example.com:443/cb",
            "https://app.example.com./cb", "https://app.example.com/x/../cb", "https://app.example.com/%2e/cb",
            "https://app.example.com/./cb", "https://app.example.com\\@evil.example/cb", "https:///cb", "https:/cb",
            "//app.example.com/cb", "/cb", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
            "vbscript:x", "file:///etc/passwd", "blob:https://app.example.com/x", " https://app.example.com/cb",
            "\thttps://app.example.com/cb", "\0https://app.example.com/cb", "https://app.example.com/cb\n",
            "https://app.example.com/cb%0d%0aX: y", "https://app.example.com/\u{7F}cb",
            "https://app.example.com/cb\u{301}", "https://app.exam\u{440}le.com/cb", "http://app.example.com/cb",
        ]
        for uri in sent {
            let refusal = try #require(Flow.refusal(Flow.list(("redirect_uri", uri))), "accepted \(uri)")
            #expect(refusal.isPage, "\(uri)")
        }
    }

    @Test("B05 without a redirect URI the only registered one is meant, and two are one too many")
    func absentRedirect() throws {
        let request = try Flow.validated(Flow.list(("redirect_uri", nil)))
        #expect(request.redirectURI == Flow.callback)
        let two = Flow.client([Flow.callback, "https://app.example.com/other"])
        #expect(Flow.refusal(Flow.list(("redirect_uri", nil)), client: two)?.isPage == true)
        let pattern = Flow.client(["https://app.example.com/{id}"], match: .pattern)
        #expect(Flow.refusal(Flow.list(("redirect_uri", nil)), client: pattern)?.isPage == true)
    }

    @Test("B21 two client ids or two redirect URIs are told on a page")
    func repeatedIdentity() {
        for pair in [("client_id", "c1"), ("client_id", ""), ("redirect_uri", Flow.callback)] {
            let list = ParameterList(Flow.parameters + [pair])
            #expect(Flow.refusal(list)?.isPage == true)
        }
    }

    @Test(
        "B15 B16 B17 B21 B28 B31 B33 everything else that is wrong goes to the client",
        arguments: [
            ("response_type", nil, "invalid_request"), ("response_type", "token", "unsupported_response_type"),
            ("response_type", "id_token", "unsupported_response_type"),
            ("response_type", "code token", "unsupported_response_type"),
            ("response_type", "code id_token", "unsupported_response_type"),
            ("response_type", "none", "unsupported_response_type"),
            ("code_challenge", nil, "invalid_request"), ("code_challenge", "short", "invalid_request"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", "invalid_request"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMx", "invalid_request"),
            ("code_challenge_method", nil, "invalid_request"), ("code_challenge_method", "plain", "invalid_request"),
            ("code_challenge_method", "s256", "invalid_request"), ("response_mode", "fragment", "invalid_request"),
            ("response_mode", "form_post", "invalid_request"), ("request", "e30.e30.", "request_not_supported"),
            ("request_uri", "http://169.254.169.254/", "request_uri_not_supported"),
            ("resource", "https://other.example.com/mcp", "invalid_target"), ("resource", "/mcp", "invalid_target"),
            ("resource", "https://mcp.example.com/mcp#x", "invalid_target"),
            ("resource", "https://mcp.example.com/mcp/", "invalid_target"),
            ("resource", "https://u@mcp.example.com/mcp", "invalid_target"),
            ("resource", "https://mcp.example.com/mcp?x", "invalid_target"),
            ("scope", "unknown", "invalid_scope"), ("scope", "mcp.tools\u{1}", "invalid_scope"),
            ("scope", "mcp.\"tools\"", "invalid_scope"), ("prompt", "none login", "invalid_request"),
        ] as [(String, String?, String)])
    func redirected(name: String, value: String?, code: String) {
        #expect(Flow.refusal(Flow.list((name, value)))?.redirectedCode == code)
    }

    @Test("B21 any other repeated parameter goes to the client, and a repeated state is not given back")
    func repeatedParameters() throws {
        for name in ["scope", "code_challenge", "response_type", "nonce", "made_up"] {
            let list = ParameterList(Flow.parameters + [(name, "1"), (name, "1")])
            #expect(Flow.refusal(list)?.redirectedCode == "invalid_request", "\(name)")
        }
        let refusal = try #require(Flow.refusal(ParameterList(Flow.parameters + [("state", "abc")])))
        let location = try #require(refusal.location(issuer: "https://i.example"))
        #expect(!Flow.query(of: location).contains { $0.0 == "state" })
    }

    @Test("B28 a scope of 5 KiB and a resource of more than 2 KiB are refused by their own error")
    func oversized() {
        let scope = String(repeating: "mcp.tools ", count: 512)
        #expect(Flow.refusal(Flow.list(("scope", scope)))?.redirectedCode == "invalid_scope")
        let resource = "https://mcp.example.com/" + String(repeating: "a", count: 2_048)
        #expect(Flow.refusal(Flow.list(("resource", resource)))?.redirectedCode == "invalid_target")
        let state = String(repeating: "s", count: 4_097)
        #expect(Flow.refusal(Flow.list(("state", state)))?.redirectedCode == "invalid_request")
    }

    @Test("the checks run in their order: the earlier fault is the one that is told")
    func order() {
        let faults: [(String, String?)] = [
            ("response_type", "token"), ("code_challenge", nil), ("response_mode", "fragment"), ("request", "x"),
            ("request_uri", "https://x.example"), ("resource", "https://x.example"), ("scope", "unknown"),
        ]
        let codes = [
            "unsupported_response_type", "invalid_request", "invalid_request", "request_not_supported",
            "request_uri_not_supported", "invalid_target", "invalid_scope",
        ]
        for first in faults.indices {
            var pairs = Flow.parameters
            for (name, value) in faults[first...] {
                pairs.removeAll { $0.0 == name }
                if let value { pairs.append((name, value)) }
            }
            #expect(Flow.refusal(ParameterList(pairs))?.redirectedCode == codes[first])
        }
    }

    @Test("B28 scopes are narrowed to what can be granted and never widened")
    func narrowing() throws {
        let wide = try Flow.validated(Flow.list(("scope", "mcp.tools admin offline_access  mcp.tools")))
        #expect(wide.scopes == ["mcp.tools", "offline_access"])
        let narrow = try Flow.validated(Flow.list(("scope", "openid")))
        #expect(narrow.scopes == ["openid"])
        let silent = try Flow.validated(Flow.list(("scope", nil)))
        #expect(silent.scopes == ["mcp.tools"])
    }

    @Test(
        "B29 spellings of the resource mean the canonical one",
        arguments: [
            "https://mcp.example.com/mcp", "HTTPS://MCP.example.com/mcp", "https://mcp.example.com:443/mcp",
            "https://mcp.example.com", "https://mcp.example.com/", "https://MCP.EXAMPLE.COM:443",
        ])
    func equivalentIdentifiers(resource: String) throws {
        var sample = Sample.resource()
        sample.equivalentIdentifiers = ["https://mcp.example.com"]
        let policy = AuthorizationPolicy(Flow.config(resources: [sample]))
        let request = try Flow.validated(Flow.list(("resource", resource)), policy: policy)
        #expect(request.resource == "https://mcp.example.com/mcp")
    }

    @Test("B31 several resources pass when they are one, and not when one is foreign")
    func severalResources() throws {
        let same = ParameterList(Flow.parameters + [("resource", "https://MCP.example.com/mcp")])
        #expect(try Flow.validated(same).resource == "https://mcp.example.com/mcp")
        let foreign = ParameterList(Flow.parameters + [("resource", "https://x.example/mcp")])
        #expect(Flow.refusal(foreign)?.redirectedCode == "invalid_target")
        let two = Sample.resource("https://mcp.example.com/two")
        let policy = AuthorizationPolicy(Flow.config(resources: [Sample.resource(), two]))
        let both = ParameterList(Flow.parameters + [("resource", two.resource)])
        #expect(Flow.refusal(both, policy: policy)?.redirectedCode == "invalid_target")
    }

    /// Two connectors, the first of which has an alias, and a scope that both have.
    private static let connectors: [RuntimeConfig.Resource] = {
        let first = Sample.resource(scopes: ["mcp.tools", "shared"])
        var alias = first
        alias.resource = "https://mcp.example.com/mcp2"
        var second = Sample.resource("https://mcp.example.com/two", scopes: ["two.tools", "shared"])
        second.name = "two"
        second.clientID = "cid_2"
        return [first, alias, second]
    }()

    /// The resource that a request without one is about; nil where it is refused as `invalid_target`.
    private func impliedResource(_ scope: String?, client: ClientRecord = Flow.client()) throws -> String? {
        let policy = AuthorizationPolicy(Flow.config(resources: Self.connectors))
        let list = Flow.list(("resource", nil), ("scope", scope))
        do throws(AuthorizationRefusal) {
            return try Flow.validated(list, client: client, policy: policy).resource
        } catch {
            #expect(error.redirectedCode == "invalid_target")
            #expect(error.rejection.wire.description.contains("send resource"))
            return nil
        }
    }

    @Test("B32 B60 without a resource the scopes say which connector is meant, else the client, else nobody guesses")
    func absentResource() throws {
        let first = Self.connectors[0].resource, second = Self.connectors[2].resource
        #expect(try impliedResource("mcp.tools") == first)
        #expect(try impliedResource("two.tools offline_access") == second)
        #expect(try impliedResource("two.tools shared") == second)
        for scope in [nil, "", "shared", "offline_access", "mcp.tools two.tools"] {
            #expect(try impliedResource(scope) == nil, "\(scope ?? "none")")
            var advertised = Flow.client()
            advertised.id = "cid_2"
            #expect(try impliedResource(scope, client: advertised) == second, "\(scope ?? "none")")
            var registered = Flow.client()
            registered.registeredScopes = ["two.tools", "offline_access"]
            #expect(try impliedResource(scope, client: registered) == second, "\(scope ?? "none")")
        }
        // A connector and its aliases are one.
        let aliased = AuthorizationPolicy(Flow.config(resources: Array(Self.connectors.prefix(2))))
        let plain = Flow.list(("resource", nil), ("scope", nil))
        #expect(try Flow.validated(plain, policy: aliased).resource == first)
        #expect(try Flow.validated(Flow.list(("resource", ""))).resource == "https://mcp.example.com/mcp")
    }

    @Test("B61 max_age bounds how old a sign-in may be when the request comes")
    func maxAge() throws {
        let now = UnixTime(seconds: 1_000_000)
        func accepts(_ age: String?, prompt: String? = nil, secondsBefore: Int) throws -> Bool {
            try Flow.validated(Flow.list(("max_age", age), ("prompt", prompt)))
                .accepts(signInAt: now - .seconds(secondsBefore), received: now)
        }
        #expect(try accepts(nil, secondsBefore: 9_999))
        #expect(try accepts("60", secondsBefore: 60) && !accepts("60", secondsBefore: 61))
        #expect(try accepts("0", secondsBefore: 0) && !accepts("0", secondsBefore: 1))
        #expect(try !accepts("60", prompt: "login", secondsBefore: 1))
        #expect(try accepts("60", prompt: "login", secondsBefore: -1))
        for malformed in ["-1", "1.5", "x", "１", "99999999999"] {
            #expect(
                Flow.refusal(Flow.list(("max_age", malformed)))?.redirectedCode == "invalid_request", "\(malformed)")
        }
    }

    @Test("B34 prompt=none never shows a page")
    func promptNone() throws {
        let request = try Flow.validated(Flow.list(("prompt", "none")))
        func code(_ isSignedIn: Bool, _ hasConsented: Bool) -> String? {
            do throws(AuthorizationRefusal) {
                try request.checkPrompt(isSignedIn: isSignedIn, hasConsented: hasConsented)
                return nil
            } catch {
                return error.redirectedCode
            }
        }
        #expect(code(false, false) == "login_required")
        #expect(code(true, false) == "interaction_required")
        #expect(code(true, true) == nil)
        #expect(try Flow.validated(Flow.list(("prompt", "consent"))).prompt == .consent)
    }

    @Test("B45 an alias without client_id means its one default client, and without one nobody")
    func aliasDefault() throws {
        let list = Flow.list(("client_id", nil))
        #expect(try AuthorizationRequest.clientID(in: list, defaultClient: "legacy") == "legacy")
        #expect(try AuthorizationRequest.clientID(in: Flow.list(), defaultClient: "legacy") == "c1")
        #expect(Flow.refusal(list)?.isPage == true)
    }
}
