import Foundation
import JSONSyntax
import TestSupport
import Testing

@Suite("what Chromium keeps of a sign-in, and a line that is slow", .needsBrowser)
struct BrowserSessionTests {
    @Test("C41 the session goes to no other path, so to no MCP server of the host")
    func paths() async throws {
        try await BrowserVisit.run { visit in
            try await visit.openConsent()
            // Cookies do not tell ports apart (RFC 6265 §8.5), so this server gets what an MCP server would.
            let neighbour = try EchoUpstream(name: "neighbour")
            func sent(to path: String) async throws -> String {
                try await visit.browser.open("http://127.0.0.1:\(neighbour.port)\(path)")
                let request = neighbour.takeRequests().first { $0.startLine.hasPrefix("GET \(path) ") }
                return try #require(request).header("Cookie") ?? ""
            }
            for path in ["/", "/mcp", "/mcp/", "/mcp/messages", "/mcp/login", "/mcp/consent2", "/other"] {
                #expect(try await !sent(to: path).contains("cg-session"), "\(path)")
            }
            for path in ["/mcp/authorize", "/mcp/consent"] {
                #expect(try await sent(to: path).contains("__Secure-cg-session="), "\(path)")
            }
        }
    }

    @Test("C45 a session that was copied into a new browser does not skip the password")
    func copied() async throws {
        try await BrowserVisit.run { visit in
            try await visit.openConsent()
            let cookies = try await visit.browser.cookies()
            let sessions = cookies.filter { $0["name"] == "__Secure-cg-session" }
            let nonce = try #require(cookies.first { $0["name"] == "__Host-cg-browser" })
            #expect(sessions.count == 2)
            try await Chromium.run { thief in
                for session in sessions { try await thief.take(session) }
                try await thief.open(visit.authorization())
                try await thief.need("#password")
                // The browser has given it a nonce of its own, and that does not help.
                try await thief.open(visit.authorization())
                try await thief.need("#password")
                #expect(try await thief.cookies().count { $0["name"] == "__Secure-cg-session" } == 2)
                // Whoever has both halves has the browser, and is asked for consent all the same.
                try await thief.take(nonce)
                try await thief.open(visit.authorization())
                try await thief.need("button[value=allow]")
            }
        }
    }

    @Test("C42 Allow pressed twice on a slow line: the application gets a code, and it redeems")
    func pressedTwice() async throws {
        try await BrowserVisit.run { visit in
            let browser = visit.browser
            try await visit.openConsent()
            _ = try await browser.requests()
            let slow: JSON = [
                "offline": false, "latency": 2_000, "downloadThroughput": -1, "uploadThroughput": -1,
            ]
            try await browser.devTools("Network.emulateNetworkConditions", slow)
            // The second press comes while the answer to the first one is on its way, and has the browser drop that.
            try await browser.evaluate(
                """
                const button = document.querySelector('button[value=allow]')
                setTimeout(() => button.click(), 1000)
                button.click()
                """)
            let answer = try await visit.arrival()
            #expect(answer["state"] == "a state & more")
            #expect(try await browser.requests().count { $0.hasSuffix("/mcp/consent") } == 2)
            let answers = try visit.live.answers(of: "consent")
            #expect(answers == [200, 200])
            let code = try #require(answer["code"])
            let tokens = try await visit.live.redeem(code, redirect: visit.callback)
            #expect(tokens.status == 200, "\(tokens.text)")
        }
    }

    @Test("C44 who lets no cookie in is told that cookies are the cause")
    func withoutCookies() async throws {
        try await BrowserVisit.run(Chromium.Settings(keepsCookies: false)) { visit in
            try await visit.openSignIn()
            try await visit.signIn()
            try await visit.browser.need("body:not(:has(form))")
            #expect(try await visit.browser.text.contains("Your browser sent no cookie"))
            #expect(try await visit.browser.cookies() == [])
        }
    }
}
