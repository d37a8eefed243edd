import Cryptography
import HTTPClient
import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import Testing
import WebSyntax

@testable import AuthServer

@Suite("a sign-in at another provider")
struct UpstreamLoginTests {
    @Test(
        "K01 the provider is asked as its one client: own state, nonce and S256 challenge, the exact callback, nothing of the client's"
    )
    func request() async throws {
        let bench = try await UpstreamBench()
        let asked = try await bench.leave([("nonce", "the-clients-nonce")])
        #expect(asked["response_type"] == "code" && asked["client_id"] == UpstreamBench.clientID)
        #expect(asked["redirect_uri"] == UpstreamBench.callback && asked["scope"] == "openid email")
        #expect(asked["code_challenge_method"] == "S256" && asked["audience"] == "https://api.example.com")
        #expect(asked["prompt"] == nil && asked["resource"] == nil)
        let state = try #require(asked["state"])
        // A tag, 256 bits, a moment and a checksum.
        #expect(OpaqueToken(.loginState, presented: state) != nil)
        let texts = [state, try #require(asked["nonce"]), try #require(asked["code_challenge"])]
        #expect(Set(texts).count == 3)
        #expect(!texts.contains { $0.contains("st") && $0 == "st" || $0.contains("the-clients-nonce") })
        #expect(asked["code_challenge"] != OAuthServerProcess.challenge(OAuthServerProcess.verifier))
    }

    @Test(
        "C12 no cookie but the nonce of the browser is set before somebody has signed in, and the page names host and provider"
    )
    func firstPage() async throws {
        let bench = try await UpstreamBench()
        _ = try await bench.leave()
        #expect(Array(bench.cookies.keys) == [BrowserCookie.browser.name])
        let page = try await bench.open(
            .authorize,
            [
                ("response_type", "code"), ("client_id", "cid_mcp"), ("redirect_uri", OAuthServerProcess.redirect),
                ("code_challenge", OAuthServerProcess.challenge(OAuthServerProcess.verifier)),
                ("code_challenge_method", "S256"),
            ])
        #expect(page.status == 200 && page.body.contains("login.example.com") && page.body.contains("chatgpt.com"))
        #expect(!page.body.contains("type=\"password\""))
    }

    @Test("a person comes back, consents, and the code is theirs; the provider saw the verifier of the challenge")
    func wholeWay() async throws {
        let bench = try await UpstreamBench { $0.subject = "sub" }
        let asked = try await bench.leave()
        try bench.vouch(asked, [("email", "Alice@Example.com"), ("email_verified", true)])
        let page = try await bench.comeBack(asked, [("iss", UpstreamBench.issuer)])
        #expect(page.status == 200 && page.body.contains("alice@example.com"))
        let answer = try await bench.press("allow", page)
        #expect(answer.status == 303 && answer.redirectParameter("iss") == Sample.issuer)
        let code = try #require(answer.redirectParameter("code"))
        let hash = try #require(OpaqueToken(.authorizationCode, presented: code)).hash()
        let stored = try #require(try await bench.server.store.authorizationCode(hash))
        #expect(stored.subject == "alice-at-home" && stored.clientID == "cid_mcp")
        let form = try #require(bench.provider.forms.first)
        let fields = Dictionary(
            form.split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), FormCoding.decoded(parts[1]))
            }
        ) { first, _ in first }
        #expect(fields["code"] == UpstreamBench.code && fields["client_id"] == UpstreamBench.clientID)
        #expect(fields["redirect_uri"] == UpstreamBench.callback && fields["client_secret"] == nil)
        let verifier = try #require(fields["code_verifier"])
        #expect(Base64URL.encode(try Digest.sha256(verifier)) == asked["code_challenge"])
        // Whoever is signed in is not sent there again.
        let again = try await bench.open(
            .authorize,
            [
                ("response_type", "code"), ("client_id", "cid_mcp"), ("redirect_uri", OAuthServerProcess.redirect),
                ("code_challenge", OAuthServerProcess.challenge(OAuthServerProcess.verifier)),
                ("code_challenge_method", "S256"),
            ])
        #expect(again.body.contains("value=\"allow\""))
        let other = try await bench.press("another-account", again)
        #expect(other.redirectParameter("prompt") == "login")
    }

    @Test(
        "C02 C13 nothing of another browser, without state, with an unknown, used or expired one reaches the provider")
    func foreignAnswers() async throws {
        let bench = try await UpstreamBench()
        let asked = try await bench.leave()
        try bench.vouch(asked)
        let stranger = try await UpstreamBench()
        _ = try await stranger.leave()
        #expect(try await bench.comeBack(asked, cookies: stranger.cookies).status == 403)
        #expect(try await bench.comeBack(asked, cookies: [:]).status == 403)
        #expect(try await bench.open(.callback, [("code", "c")]).status == 400)
        #expect(try await bench.open(.callback, [("code", "c"), ("state", "st")]).status == 400)
        #expect(try await bench.open(.callback, [("state", asked["state"] ?? "")]).status == 400)
        #expect(bench.provider.forms.isEmpty)
        #expect(try await bench.comeBack(asked).status == 200)
        #expect(bench.provider.forms.count == 1)
        // A page that is loaded again leads on by the session that it made, and redeems nothing.
        #expect(try await bench.comeBack(asked).body.contains("value=\"allow\""))
        var jar = bench.cookies
        jar["__Secure-cg-session"] = nil
        #expect(try await bench.comeBack(asked, cookies: jar).status == 400)
        #expect(bench.provider.forms.count == 1)
        let late = try await bench.leave([("prompt", "login")])
        bench.server.pass(.seconds(601))
        #expect(try await bench.comeBack(late).status == 400)
        #expect(bench.provider.forms.count == 1)
    }

    @Test("C17 an answer with the issuer of another provider is not taken, and uses nothing up")
    func mixUp() async throws {
        let bench = try await UpstreamBench()
        let asked = try await bench.leave()
        try bench.vouch(asked)
        #expect(try await bench.comeBack(asked, [("iss", "https://other.example.com")]).status == 400)
        #expect(bench.provider.forms.isEmpty)
        #expect(try await bench.comeBack(asked, [("iss", UpstreamBench.issuer)]).status == 200)
    }

    @Test(
        "C16 what the provider refuses is told in our words",
        arguments: [
            ("access_denied", "access_denied"), ("temporarily_unavailable", "temporarily_unavailable"),
            ("invalid_scope", "server_error"), ("<script>", "server_error"),
        ])
    func refusals(_ error: String, _ told: String) async throws {
        let bench = try await UpstreamBench()
        let asked = try await bench.leave()
        let answer = try await bench.open(
            .callback,
            [("error", error), ("error_description", "call 0900 now"), ("state", asked["state"] ?? "")])
        #expect(answer.status == 303 && answer.redirectParameter("error") == told)
        #expect(answer.redirectParameter("state") == "st" && answer.redirectParameter("iss") == Sample.issuer)
        #expect(answer.location?.contains("0900") == false && answer.redirectParameter("code") == nil)
    }

    /// What an ID token lies about.
    private static let lies: [(String, JSON?)] = [
        ("iss", "https://login.example.com/tenant"), ("aud", "another-client"), ("aud", ["upstream-client", "other"]),
        ("azp", "another-client"), ("nonce", "another"), ("nonce", nil), ("exp", 1_799_999_000), ("exp", nil),
        ("iat", 1_800_000_100), ("iat", nil), ("nbf", 1_800_000_100), ("sub", nil), ("sub", ""), ("sub", 5),
        ("sub", "with space"), ("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"), ("exp", "never"),
    ]

    @Test("K05 an ID token that is not for this login, not now, or of nobody, signs nobody in", arguments: lies.indices)
    func lyingToken(_ index: Int) async throws {
        let bench = try await UpstreamBench()
        let asked = try await bench.leave()
        try bench.vouch(asked, [Self.lies[index]])
        let answer = try await bench.comeBack(asked)
        #expect(answer.status == 303 && answer.redirectParameter("error") == "server_error", "\(Self.lies[index])")
        #expect(bench.cookies["__Secure-cg-session"] == nil)
    }

    @Test("K05 a signature of another key, none, or one by the public key as a secret, signs nobody in")
    func lyingSignature() async throws {
        let bench = try await UpstreamBench()
        var asked = try await bench.leave()
        try bench.vouch(asked, by: IssuerKey.p256("k1"))
        #expect(try await bench.comeBack(asked).redirectParameter("error") == "server_error")
        for header in [#"{"alg":"none"}"#, #"{"alg":"HS256","kid":"k1"}"#, #"{"alg":"RS256","kid":"k1"}"#] {
            asked = try await bench.leave()
            try bench.vouch(asked)
            let parts = bench.idToken.withLock { $0 }.split(separator: ".")
            bench.idToken.withLock { $0 = Base64URL.encode(Array(header.utf8)) + ".\(parts[1]).\(parts[2])" }
            #expect(try await bench.comeBack(asked).redirectParameter("error") == "server_error", "\(header)")
        }
    }

    @Test("a key that the provider has changed to is fetched once, and its tokens count")
    func rotation() async throws {
        let bench = try await UpstreamBench()
        let next = try IssuerKey.p256("k2")
        bench.script.withLock { $0.keys = [next] }
        bench.server.pass(.seconds(11))
        let asked = try await bench.leave()
        try bench.vouch(asked, by: next)
        #expect(try await bench.comeBack(asked).status == 200)
        #expect(bench.provider.questions.filter { $0.hasSuffix("/keys") }.count == 2)
    }

    /// Answers of the token endpoint, and what the client is told.
    private static let answers: [(Int, JSON, String)] = [
        (400, ["error": "invalid_grant", "error_description": "spent"], "server_error"),
        (401, ["error": "invalid_client"], "server_error"),
        (200, ["error": "incorrect_client_credentials"], "server_error"),
        (200, ["access_token": "a", "token_type": "mac", "id_token": "x"], "server_error"),
        (200, ["access_token": "a", "token_type": "bearer"], "server_error"),
        (200, ["token_type": "bearer", "id_token": "x"], "server_error"), (200, "<html>", "server_error"),
        (403, [:], "server_error"), (404, [:], "server_error"), (429, [:], "temporarily_unavailable"),
        (500, [:], "temporarily_unavailable"), (503, [:], "temporarily_unavailable"),
    ]

    @Test("K07 K08 K11 what comes for the code is judged, and asked for once", arguments: answers.indices)
    func tokenAnswers(_ index: Int) async throws {
        let (status, body, told) = Self.answers[index]
        let bench = try await UpstreamBench()
        let asked = try await bench.leave()
        bench.script.withLock { ($0.tokenStatus, $0.tokenBody) = (status, body) }
        let answer = try await bench.comeBack(asked)
        #expect(answer.status == 303 && answer.redirectParameter("error") == told, "\(status) \(body)")
        #expect(bench.provider.forms.count == 1)
        let alarms = bench.reports.withLock { $0 }
        let isOurs = body["error"]?.string == "incorrect_client_credentials" || status == 401 || status == 403
        #expect(alarms.isEmpty == !isOurs, "\(alarms)")
    }

    @Test("K09 a provider that breaks off while the code is there is asked once, and the client may try again")
    func brokenOff() async throws {
        let bench = try await UpstreamBench()
        let asked = try await bench.leave()
        bench.script.withLock { $0.tokenFailure = .timeout }
        #expect(try await bench.comeBack(asked).redirectParameter("error") == "temporarily_unavailable")
        #expect(bench.provider.forms.count == 1)
        #expect(bench.reports.withLock { $0.count } == 1)
    }

    @Test("K03 a document of another issuer refuses the start; one that is not there does not")
    func start() async throws {
        let bench = try await UpstreamBench()
        bench.script.withLock { $0.document[0] = ("issuer", "https://login.example.com/tenant") }
        await #expect(throws: StartFailure.self) {
            try await UpstreamLogin.open(
                bench.server.services, clients: IssuerClients(configured: bench.provider, elsewhere: bench.provider)
            ) { _ in }
        }
        let told = Locked<[String]>([])
        let away = ScriptedIssuer { (_, _) throws(HTTPClientError) in throw .unreachable }
        _ = try await UpstreamLogin.open(
            bench.server.services, clients: IssuerClients(configured: away, elsewhere: away)
        ) { line in told.withLock { $0.append(line) } }
        #expect(told.withLock { $0 } == ["nobody can sign in at \(UpstreamBench.issuer): the host cannot be reached"])
    }

    @Test("K16 who may not come gets a page that says so, and no code; an address counts when it is one and verified")
    func admission() async throws {
        let bench = try await UpstreamBench {
            $0.allow = [.init(domain: "example.com"), .init(claims: [.init(name: "groups", value: "mcp-users")])]
        }
        let strangers: [[(String, JSON?)]] = [
            [], [("email", "eve@evil.example"), ("email_verified", true)],
            [("email", "eve@example.com"), ("email_verified", false)],
            [("email", "eve@example.com"), ("email_verified", "true")],
            [("email", "eve@evil.example@example.com"), ("email_verified", true)],
            [("email", "eve@sub.example.com"), ("email_verified", true)], [("groups", ["mcp-users-2"])],
        ]
        for claims in strangers {
            let asked = try await bench.leave()
            try bench.vouch(asked, claims)
            let answer = try await bench.comeBack(asked)
            #expect(answer.status == 403 && answer.location == nil, "\(claims)")
            #expect(answer.body.contains("may not come in"), "\(claims)")
            #expect(bench.cookies["__Secure-cg-session"] == nil)
        }
        for claims in [[("email", "Bob@Example.COM"), ("email_verified", true)], [("groups", ["a", "mcp-users"])]]
            as [[(String, JSON?)]]
        {
            let asked = try await bench.leave([("prompt", "login")])
            try bench.vouch(asked, claims)
            #expect(try await bench.comeBack(asked).status == 200, "\(claims)")
        }
    }

    @Test("claims that are missing are asked for at the provider, about the same person alone")
    func userInfo() async throws {
        let bench = try await UpstreamBench { $0.allow = [.init(domain: "example.com")] }
        var asked = try await bench.leave()
        try bench.vouch(asked)
        bench.script.withLock {
            $0.userInfo = [("sub", "alice-at-home"), ("email", "alice@example.com"), ("email_verified", true)]
        }
        #expect(try await bench.comeBack(asked).status == 200)
        asked = try await bench.leave([("prompt", "login")])
        try bench.vouch(asked)
        bench.script.withLock { $0.userInfo[0] = ("sub", "bob-at-home") }
        #expect(try await bench.comeBack(asked).redirectParameter("error") == "server_error")
    }

    @Test("subjects are the provider's, a claim, or mapped by hand")
    func subjects() async throws {
        let cases: [((inout RuntimeConfig.Login) -> Void, String?)] = [
            ({ _ in }, "alice-at-home"), ({ $0.subject = "uid" }, "u-1"),
            ({ $0.subject = "email" }, "alice@example.com"),
            ({ $0.subjects = [.init(name: "alice-at-home", value: "alice")] }, "alice"),
            ({ $0.subject = "missing" }, nil),
        ]
        for (change, subject) in cases {
            let bench = try await UpstreamBench(change)
            let asked = try await bench.leave()
            try bench.vouch(asked, [("uid", "u-1"), ("email", "alice@example.com"), ("email_verified", true)])
            let page = try await bench.comeBack(asked)
            guard let subject else {
                #expect(page.redirectParameter("error") == "server_error")
                continue
            }
            let code = try #require(try await bench.press("allow", page).redirectParameter("code"))
            let hash = try #require(OpaqueToken(.authorizationCode, presented: code)).hash()
            #expect(try await bench.server.store.authorizationCode(hash)?.subject == subject)
        }
    }

    @Test("who has to prove anew who they are is sent for that, and an old session at the provider is not enough")
    func renewal() async throws {
        let bench = try await UpstreamBench()
        var asked = try await bench.leave([("max_age", "60")])
        #expect(asked["prompt"] == "login")
        try bench.vouch(asked, [("auth_time", .int(Int(bench.server.now.seconds) - 3_600))])
        #expect(try await bench.comeBack(asked).redirectParameter("error") == "login_required")
        asked = try await bench.leave([("max_age", "60")])
        try bench.vouch(asked, [("auth_time", .int(Int(bench.server.now.seconds)))])
        #expect(try await bench.comeBack(asked).status == 200)
    }

    @Test("an issuer counts in the spellings that its provider has, as Google's without a scheme, and in no other")
    func spellings() async throws {
        let bare = "login.example.com/tenant/"
        for (spellings, status) in [([bare], 200), ([], 303)] {
            let bench = try await UpstreamBench { $0.issuerSpellings = spellings }
            let asked = try await bench.leave()
            try bench.vouch(asked, [("iss", .string(bare))])
            #expect(try await bench.comeBack(asked).status == status)
        }
        let bench = try await UpstreamBench { $0.issuerSpellings = [bare] }
        let asked = try await bench.leave()
        try bench.vouch(asked, [("iss", "login.example.com/tenant")])
        #expect(try await bench.comeBack(asked).redirectParameter("error") == "server_error")
    }

    @Test("a provider that knows no prompt is sent none, and an old session there is still not enough")
    func noPrompt() async throws {
        let bench = try await UpstreamBench { $0.renewalPrompt = nil }
        let asked = try await bench.leave([("max_age", "60")])
        #expect(asked["prompt"] == nil)
        try bench.vouch(asked, [("auth_time", .int(Int(bench.server.now.seconds) - 3_600))])
        #expect(try await bench.comeBack(asked).redirectParameter("error") == "login_required")
    }

    @Test("a session ends when others may come")
    func anotherList() async throws {
        let bench = try await UpstreamBench()
        let asked = try await bench.leave()
        try bench.vouch(asked)
        _ = try await bench.comeBack(asked)
        let text = try #require(bench.cookies["__Secure-cg-session"])
        let browser = try #require(
            bench.cookies[BrowserCookie.browser.name].flatMap { OpaqueToken(.browser, presented: $0) })
        let session = try #require(
            try Session(text, browser: browser, key: bench.server.services.keys.sessions, now: bench.server.now))
        #expect(bench.login.recognizes(session) && session.subject == "alice-at-home")
        let other = try await UpstreamBench { $0.allow = [.init(domain: "example.com")] }
        #expect(!other.login.recognizes(session))
    }
}
