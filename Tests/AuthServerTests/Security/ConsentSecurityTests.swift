import Foundation
import RuntimeConfig
import TestSupport
import Testing

/// Group C of the security cases: consent and the confused deputy. Cases of the upstream callback (C02, C13, C16, C17)
/// come with upstream logins.
@Suite("C consent", .serialized)
struct ConsentSecurityTests {
    /// A signed-in browser and a fresh consent page.
    private static func consent(_ deployment: OAuthServerProcess) async throws -> (Browser, Answer) {
        let browser = Browser(deployment.server)
        let page = try await browser.get(OAuthServerProcess.authorization())
        return (browser, try await deployment.signIn(page, in: browser))
    }

    @Test("C01 C03 a signed-in person is asked each time, whoever sent the browser")
    func asked() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (browser, page) = try await Self.consent(deployment)
        #expect(try await browser.submit(page, [("decision", "allow")]).status == 303)
        for site in ["cross-site", "same-site", nil] {
            browser.fields = [("Accept", "text/html")] + (site.map { [("Sec-Fetch-Site", $0)] } ?? [])
            let again = try await browser.get(OAuthServerProcess.authorization())
            #expect(again.status == 200 && again.location == nil)
            #expect(again.body.contains("decision") && !again.body.contains("name=\"password\""))
        }
    }

    @Test("C02 a page that was got in one browser is of no use in another")
    func otherBrowser() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (_, page) = try await Self.consent(deployment)
        let (victim, _) = try await Self.consent(deployment)
        #expect(try await victim.submit(page, [("decision", "allow")]).status == 403)
        let fresh = Browser(deployment.server)
        #expect(try await fresh.submit(page, [("decision", "allow")]).status == 403)
    }

    @Test("C04 a form without, with a wrong or with another flow's token gives 403 and no code")
    func forged() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (browser, page) = try await Self.consent(deployment)
        let other = try await browser.get(OAuthServerProcess.authorization())
        let form = try PageForm(page)
        let foreign = try PageForm(other)
        func replaced(_ token: String?) -> [(String, String)] {
            form.hidden.compactMap { pair in
                pair.0 == "form_token" ? token.map { (pair.0, $0) } : pair
            } + [("decision", "allow")]
        }
        let tokenOfOther = foreign.hidden.first { $0.0 == "form_token" }?.1
        for token in [nil, "", "wrong", tokenOfOther] {
            let answer = try await browser.post(form.action, replaced(token))
            #expect(answer.status == 403 && answer.location == nil)
        }
        browser.fields.append(("Sec-Fetch-Site", "cross-site"))
        #expect(try await browser.submit(page, [("decision", "allow")]).status == 403)
        browser.fields.removeLast()
        #expect(try await browser.submit(page, [("decision", "allow")]).status == 303)
    }

    @Test("C06 C08 the page names host, client, scopes and resource")
    func content() async throws {
        let deployment = try await OAuthServerProcess.start { $0.clients[0].label = "ChatGPT" }
        let (_, page) = try await Self.consent(deployment)
        for text in ["chatgpt.com", "ChatGPT", "mcp.tools", "https://mcp.example.com/mcp", OAuthServerProcess.user] {
            #expect(page.body.contains(text), "\(text)")
        }
    }

    @Test("C09 denying tells the client so, stores nothing, and cannot be taken back")
    func deny() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (browser, page) = try await Self.consent(deployment)
        let denied = try await browser.submit(page, [("decision", "deny")])
        #expect(denied.status == 303)
        #expect(denied.redirectParameter("error") == "access_denied")
        #expect(denied.redirectParameter("state") == "st")
        #expect(denied.redirectParameters.filter { $0.name == "iss" }.count == 1)
        let late = try await browser.submit(page, [("decision", "allow")])
        #expect(late.status == 400 && late.location == nil)
    }

    @Test("another account: the session ends, and the same request goes on for whoever signs in then")
    func anotherAccount() async throws {
        let deployment = try await OAuthServerProcess.start(users: [OAuthServerProcess.user, "bob"])
        let (browser, page) = try await Self.consent(deployment)
        let signIn = try await browser.submit(page, [("decision", "another-account")])
        #expect(signIn.status == 200 && signIn.body.contains("name=\"password\""))
        #expect(browser.cookies["__Secure-cg-session"] == nil)
        // The page that was left behind decides nothing any more.
        let left = try await browser.submit(page, [("decision", "allow")])
        #expect(left.status == 200 && left.body.contains("name=\"password\""))
        let consent = try await browser.submit(
            signIn, [("username", "bob"), ("password", OAuthServerProcess.password)])
        #expect(consent.body.contains("<bdi>bob</bdi>"))
        let allowed = try await browser.submit(consent, [("decision", "allow")])
        let tokens = try await deployment.redeem(allowed.redirectParameter("code") ?? "")
        #expect(try await deployment.verify(tokens.member("access_token") ?? "")["X-MCP-Subject"] == "bob")
    }

    @Test("C10 cookies are held to this host, to encrypted connections and to the server")
    func cookies() async throws {
        let deployment = try await OAuthServerProcess.start()
        let browser = Browser(deployment.server)
        let page = try await browser.get(OAuthServerProcess.authorization())
        let consent = try await deployment.signIn(page, in: browser)
        let fields = page.values("set-cookie") + consent.values("set-cookie")
        let expected = [
            ("__Host-cg-browser=", "/"), ("__Secure-cg-session=", "/mcp/authorize"),
            ("__Secure-cg-session=", "/mcp/consent"),
        ]
        try #require(fields.count == expected.count)
        for (field, (start, path)) in zip(fields, expected) {
            #expect(field.hasPrefix(start))
            for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=\(path);"] {
                #expect(field.contains(attribute), "\(attribute)")
            }
            #expect(!field.contains("Domain"))
            #expect(!field.contains(OAuthServerProcess.user))
        }
    }

    @Test("C45 a session that was copied is worth nothing without the nonce of its browser, nor is the nonce alone")
    func copiedSession() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (victim, _) = try await Self.consent(deployment)
        func asksForPassword(_ cookies: [String]) async throws -> Bool {
            let thief = Browser(deployment.server)
            // A thief's own nonce is there already.
            _ = try await thief.get(OAuthServerProcess.authorization())
            for cookie in cookies { thief.take(cookie, from: victim) }
            let page = try await thief.get(OAuthServerProcess.authorization())
            #expect(page.status == 200)
            let none = try await thief.get(OAuthServerProcess.authorization([("prompt", "none")]))
            let isUnknown = none.redirectParameter("error") == "login_required"
            #expect(isUnknown == page.body.contains("name=\"password\""))
            return isUnknown
        }
        #expect(try await asksForPassword(["__Secure-cg-session"]))
        #expect(try await asksForPassword(["__Host-cg-browser"]))
        // Whoever has both has the browser.
        #expect(try await asksForPassword(["__Secure-cg-session", "__Host-cg-browser"]) == false)
    }

    @Test("C45 at the consent, too, a copied session is nobody's")
    func copiedSessionAtConsent() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (victim, _) = try await Self.consent(deployment)
        let thief = Browser(deployment.server)
        let page = try await thief.get(OAuthServerProcess.authorization())
        thief.take("__Secure-cg-session", from: victim)
        var form = try PageForm(page)
        form.action = "/mcp/consent"
        let answer = try await thief.post(form.action, form.hidden + [("decision", "allow")])
        #expect(answer.status == 200 && answer.body.contains("name=\"password\""))
    }

    @Test("C41 the session goes to the endpoints that ask for it alone")
    func narrowSession() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (browser, _) = try await Self.consent(deployment)
        for path in ["/mcp/authorize", "/mcp/consent"] {
            #expect(browser.names(sentTo: path) == ["__Host-cg-browser", "__Secure-cg-session"])
        }
        for path in ["/", "/mcp", "/mcp/", "/mcp/messages", "/mcp/login", "/mcp/token", "/mcp/authorizex", "/other"] {
            #expect(browser.names(sentTo: path) == ["__Host-cg-browser"], "\(path)")
        }
    }

    @Test("C41 a session that a neighbour of the host has planted beside ours changes nothing")
    func plantedSession() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (browser, _) = try await Self.consent(deployment)
        let (neighbour, _) = try await Self.consent(deployment)
        let planted = try #require(neighbour.cookies["__Secure-cg-session"])
        for value in [planted, "x", ""] {
            browser.fields = [("Accept", "text/html"), ("Cookie", "__Secure-cg-session=\(value)")]
            let page = try await browser.get(OAuthServerProcess.authorization())
            #expect(page.body.contains("<bdi>\(OAuthServerProcess.user)</bdi>"))
        }
    }

    @Test("C44 a form that comes without a cookie says so, and that cookies are to be allowed")
    func withoutCookies() async throws {
        let deployment = try await OAuthServerProcess.start()
        let browser = Browser(deployment.server)
        let page = try await browser.get(OAuthServerProcess.authorization())
        browser.forget("__Host-cg-browser")
        let answer = try await deployment.signIn(page, in: browser)
        #expect(answer.status == 403 && answer.location == nil)
        #expect(answer.body.contains("Your browser sent no cookie") && answer.body.contains("Allow cookies"))
    }

    @Test("C43 staying connected is promised exactly where a refresh token comes", arguments: [true, false])
    func promise(refreshes: Bool) async throws {
        let deployment = try await OAuthServerProcess.start()
        let types = refreshes ? #""authorization_code","refresh_token""# : #""authorization_code""#
        let body =
            #"{"redirect_uris":["https://chatgpt.com/cb"],"token_endpoint_auth_method":"none","grant_types":[\#(types)]}"#
        let made = try await deployment.post("/mcp/register", body, type: "application/json")
        let id = try #require(made.member("client_id"))
        for scope in ["mcp.tools offline_access", "mcp.tools", "offline_access", nil] {
            let browser = Browser(deployment.server)
            let target = OAuthServerProcess.authorization([
                ("client_id", id), ("scope", scope), ("resource", "https://mcp.example.com/mcp"),
            ])
            let page = try await deployment.signIn(try await browser.get(target), in: browser)
            #expect(page.body.contains("Stay connected") == refreshes, "\(scope ?? "none")")
            #expect(page.body.contains("offline_access") == (refreshes && scope?.contains("offline") == true))
            let answer = try await browser.submit(page, [("decision", "allow")])
            let code = try #require(answer.redirectParameter("code"))
            let tokens = try await deployment.redeem(code, [("client_id", id)])
            #expect((tokens.member("refresh_token") != nil) == refreshes)
            #expect(tokens.member("scope")?.contains("offline_access") != true || refreshes)
        }
    }

    @Test("C20 twenty flows in one browser all end well, and its cookies stay small")
    func parallelFlows() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (browser, _) = try await Self.consent(deployment)
        var pages: [Answer] = []
        for _ in 0..<20 { pages.append(try await browser.get(OAuthServerProcess.authorization())) }
        var codes: Set<String> = []
        for page in pages {
            let answer = try await browser.submit(page, [("decision", "allow")])
            codes.insert(try #require(answer.redirectParameter("code")))
        }
        #expect(codes.count == 20)
        #expect(browser.cookies.map { $0.key.utf8.count + $0.value.utf8.count + 3 }.reduce(0, +) < 4_096)
    }

    @Test("C21 a client that changes its redirect URIs meanwhile gets no code at the old one")
    func changedRedirect() async throws {
        let deployment = try await OAuthServerProcess.start()
        let body = #"{"redirect_uris":["https://chatgpt.com/cb"],"token_endpoint_auth_method":"none"}"#
        let made = try await deployment.post("/mcp/register", body, type: "application/json")
        let id = try #require(made.member("client_id"))
        let token = try #require(made.member("registration_access_token"))
        let browser = Browser(deployment.server)
        let signIn = try await browser.get(OAuthServerProcess.authorization([("client_id", id)]))
        let page = try await deployment.signIn(signIn, in: browser)
        #expect(page.body.contains("decision"))

        let change = #"{"client_id":"\#(id)","redirect_uris":["https://chatgpt.com/new"]}"#
        let written = try await deployment.server.ask(
            "PUT /mcp/register/\(id) HTTP/1.1\r\nHost: \(Sample.host)\r\nConnection: close\r\n"
                + "Authorization: Bearer \(token)\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(change.utf8.count)\r\n\r\n\(change)")
        #expect(written.status == 200)
        let answer = try await browser.submit(page, [("decision", "allow")])
        #expect(answer.status == 400 && answer.location == nil && !answer.body.contains("cgac_"))
    }

    @Test("C42 a form that is posted twice gives one code, until that was redeemed")
    func twice() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (browser, page) = try await Self.consent(deployment)
        let first = try await browser.submit(page, [("decision", "allow")])
        let second = try await browser.submit(page, [("decision", "allow")])
        #expect(first.status == 303 && second.status == 303)
        #expect(first.location != nil && first.location == second.location)
        let code = try #require(second.redirectParameter("code"))
        #expect(try await deployment.redeem(code).status == 200)
        let third = try await browser.submit(page, [("decision", "allow")])
        #expect(third.status == 400 && third.location == nil)
    }

    @Test("a browser that says where it comes from is led on by a page, without script")
    func page() async throws {
        let deployment = try await OAuthServerProcess.start()
        let (browser, page) = try await Self.consent(deployment)
        browser.fields.append(("Sec-Fetch-Site", "same-origin"))
        let answer = try await browser.submit(page, [("decision", "allow")])
        #expect(answer.status == 200 && answer.location == nil)
        #expect(answer.body.contains("http-equiv=\"refresh\"") && answer.body.contains("code=cgac_"))
    }
}
