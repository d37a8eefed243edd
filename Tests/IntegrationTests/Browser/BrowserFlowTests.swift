import JSONSyntax
import TestSupport
import Testing

@Suite("a person with Chromium before nginx and connectorgen-auth", .needsBrowser)
struct BrowserFlowTests {
    @Test("B25 B39 sign-in, a wrong password first, consent and the way back to the application")
    func allow() async throws {
        try await BrowserVisit.run { visit in
            let browser = visit.browser
            try await visit.openSignIn()
            try await browser.keepPicture("live-sign-in")
            try await visit.signIn(password: "wrong password")
            try await visit.browser.need("#password[aria-invalid=true]")
            #expect(try await browser.text.contains("do not belong together"))
            #expect(try await browser.evaluate("return document.querySelector('#username').value") == "alice")
            #expect(try await browser.evaluate("return document.querySelector('#password').value") == "")
            try await browser.keepPicture("live-sign-in-refused")
            // 401 is no failure to load, but Chromium writes it down.
            _ = try await browser.console()

            try await browser.type(NginxDeployment.password, into: "#password")
            try await browser.click("button[type=submit]")
            try await browser.need("button[value=allow]")
            let text = try await browser.text
            for shown in ["127.0.0.1", "mcp.tools", visit.live.url, NginxDeployment.client, NginxDeployment.user] {
                #expect(text.contains(shown), "\(shown)")
            }
            try await browser.keepPicture("live-consent")
            try await browser.click("button[value=allow]")
            let answer = try await visit.arrival()
            #expect(Set(answer.keys) == ["code", "state", "iss"])
            #expect(answer["state"] == "a state & more")
            #expect(answer["iss"] == visit.live.issuer)
            #expect(try await browser.title == "Connected")
            try await visit.expectQuiet("the whole way")
            let request = try #require(visit.application.takeRequests().first)
            #expect(request.values("Referer") == [])
        }
    }

    @Test("B38 an application that sends the browser on to another origin gets it there")
    func redirectsOn() async throws {
        let last = try EchoUpstream(name: "last", page: "<!DOCTYPE html><title>Landed</title>")
        let landing = "http://127.0.0.1:\(last.port)/landed"
        let application = try EchoUpstream(name: "application", status: 302, headers: [("Location", landing)])
        try await BrowserVisit.run(application: application) { visit in
            try await visit.openConsent()
            try await visit.browser.click("button[value=allow]")
            _ = try await visit.browser.wait(forAddress: landing)
            #expect(try await visit.browser.title == "Landed")
            #expect(application.takeRequests().first?.startLine.contains("code=") == true)
            let refusals = try await visit.browser.console().filter { $0.contains("Content Security Policy") }
            #expect(refusals == [])
        }
    }

    @Test("C09 B26 who denies is led back with access_denied, and the page cannot be used again")
    func deny() async throws {
        try await BrowserVisit.run { visit in
            try await visit.openConsent()
            try await visit.browser.click("button[value=deny]")
            let answer = try await visit.arrival()
            #expect(answer["error"] == "access_denied")
            #expect(answer["state"] == "a state & more")
            #expect(answer["iss"] == visit.live.issuer)
            #expect(answer["code"] == nil)
            try await visit.expectQuiet("denied")
        }
    }

    @Test("C03 a tab that was left behind says that its page is out of date")
    func expired() async throws {
        try await BrowserVisit.run { visit in
            let browser = visit.browser
            try await visit.openSignIn()
            let first = try #require(try await browser.command("GET", "/window").string)
            // The consent opens beside the sign-in, which stays.
            try await browser.evaluate("document.querySelector('form').target = '_blank'")
            try await visit.signIn()
            let tabs = try #require(try await browser.command("GET", "/window/handles").array)
            let second = try #require(tabs.first { $0.string != first })
            try await browser.command("POST", "/window", ["handle": second])
            try await browser.need("button[value=deny]")
            try await browser.click("button[value=deny]")
            _ = try await visit.arrival()

            try await browser.command("POST", "/window", ["handle": .string(first)])
            try await browser.evaluate("document.querySelector('form').target = ''")
            try await visit.signIn()
            try await browser.need("body:not(:has(form))")
            #expect(try await browser.text.contains("This page is out of date"))
            try await browser.keepPicture("live-expired")
        }
    }

    @Test("B39 a page of another origin cannot show ours in a frame")
    func framed() async throws {
        try await BrowserVisit.run { visit in
            let address = visit.authorization().replacing("&", with: "&amp;")
            let thief = try EchoUpstream(
                name: "thief", page: "<!DOCTYPE html><title>Win</title><iframe src=\"\(address)\"></iframe>")
            try await visit.browser.open("http://127.0.0.1:\(thief.port)/")
            let refusals = try await visit.browser.console().filter { $0.contains("frame-ancestors") }
            #expect(!refusals.isEmpty)
            try await visit.browser.command("POST", "/frame", ["id": 0])
            #expect(try await visit.browser.has("form") == false)
        }
    }

    @Test("the whole way with Tab and Enter alone, and the focus can always be seen")
    func keyboard() async throws {
        try await BrowserVisit.run { visit in
            let browser = visit.browser
            try await visit.openSignIn()
            try await focus("username", browser)
            try await browser.type(NginxDeployment.user)
            try await focus("password", browser)
            try await browser.type(NginxDeployment.password)
            try await browser.press(.enter)
            try await browser.need("button[value=allow]")
            try await focus("allow", browser)
            try await browser.keepPicture("live-consent-focus")
            try await browser.press(.enter)
            #expect(try await visit.arrival()["code"] != nil)
        }
    }

    /// Presses Tab until the field or button has the focus, at most five times.
    private func focus(_ name: String, _ browser: Chromium) async throws {
        for _ in 0..<5 {
            try await browser.press(.tab)
            let focused = try await browser.evaluate(
                """
                const e = document.activeElement, s = getComputedStyle(e)
                return { name: e.value === 'allow' ? e.value : e.name, style: s.outlineStyle, width: s.outlineWidth }
                """)
            #expect(focused["style"] == "solid" && focused["width"] == "3px", "\(focused)")
            if focused["name"]?.string == name { return }
        }
        Issue.record("\(name) was not reached")
    }

    @Test("the whole way without script")
    func withoutScript() async throws {
        try await BrowserVisit.run(Chromium.Settings(runsScripts: false)) { visit in
            let browser = visit.browser
            let trial = try EchoUpstream(
                name: "trial", page: "<!DOCTYPE html><title>quiet</title><script>document.title = 'ran'</script>")
            try await browser.open("http://127.0.0.1:\(trial.port)/")
            try #require(try await browser.title == "quiet")

            try await visit.openSignIn()
            try await visit.signIn(password: "wrong password")
            try await visit.browser.need("#password[aria-invalid=true]")
            #expect(try await browser.has(".notice"))
            try await browser.type(NginxDeployment.password, into: "#password")
            try await browser.click("button[type=submit]")
            try await browser.click("button[value=allow]")
            #expect(try await visit.arrival()["code"] != nil)
        }
    }

    @Test("C10 Chromium keeps the cookies of this host on http://127.0.0.1, and out of the reach of scripts")
    func cookies() async throws {
        try await BrowserVisit.run { visit in
            let browser = visit.browser
            try await visit.openConsent()
            let cookies = try await browser.cookies()
            #expect(
                cookies.map { $0["path"]?.string }.sorted { $0 ?? "" < $1 ?? "" } == [
                    "/", "/mcp/authorize", "/mcp/consent",
                ])
            for cookie in cookies {
                #expect(cookie["secure"] == true && cookie["httpOnly"] == true)
                #expect(cookie["sameSite"] == "Lax" && cookie["domain"] == "127.0.0.1")
                #expect(cookie["name"] == (cookie["path"] == "/" ? "__Host-cg-browser" : "__Secure-cg-session"))
            }
            #expect(try await browser.evaluate("return document.cookie") == "")
            // Who is signed in is asked for consent, not for the password, and asked each time.
            try await browser.open(visit.authorization())
            #expect(try await browser.has("button[value=allow]"))
        }
    }
}
