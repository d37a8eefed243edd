import JSONSyntax
import TestSupport
import Testing

/// An application that runs in a page of another origin, as the MCP Inspector does.
@Suite("a page of another origin before nginx and connectorgen-auth", .needsBrowser)
struct BrowserCrossOriginTests {
    @Test("H66 a page of an allowed origin reads the challenge and the MCP server's answer, another page nothing")
    func fetching() async throws {
        let page = try EchoUpstream(
            name: "page", page: "<!DOCTYPE html><link rel=icon href=\"data:,\"><title>Page</title>")
        let other = try EchoUpstream(
            name: "other", page: "<!DOCTYPE html><link rel=icon href=\"data:,\"><title>Other</title>")
        let origin = "http://127.0.0.1:\(page.port)"
        // The MCP server owns CORS, which is the default.
        let server = try EchoUpstream(
            name: "MCP server",
            headers: [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", "X-Echo")])
        let live = try await NginxDeployment(for: server, connector: "allowed_origins: [\"\(origin)\"]")
        let token = try await live.grant().access
        try await Chromium.run(.init()) { browser in
            try await browser.open(origin + "/")
            let refused = try await browser.fetch(live.url)
            #expect(refused["status"]?.int == 401)
            #expect(refused["challenge"]?.string?.contains("/.well-known/oauth-protected-resource/mcp") == true)
            #expect(refused["body"]?.string == #"{"error":"invalid_token"}"#)
            let stale = try await browser.fetch(live.url, token: "cgat_unknown")
            #expect(stale["status"]?.int == 401)
            #expect(stale["challenge"]?.string?.contains(#"error="invalid_token""#) == true)
            let served = try await browser.fetch(live.url, token: token)
            #expect(served["status"]?.int == 200)
            #expect(served["echo"]?.string == "MCP server")
            // The preflights went to nobody behind nginx.
            #expect(server.takeRequests().map(\.startLine) == ["POST /mcp HTTP/1.1"])

            try await browser.open("http://127.0.0.1:\(other.port)/")
            #expect(try await browser.fetch(live.url, token: token)["failure"]?.string != nil)
            #expect(server.takeRequests().isEmpty)
        }
    }
}

extension Chromium {
    /// Calls a transport from the page that is open, as a client in a browser does; `failure` where the page may not
    /// know.
    fileprivate func fetch(_ url: String, token: String? = nil) async throws -> JSON {
        let credentials = token.map { "'Authorization': 'Bearer \($0)'," } ?? ""
        return try await evaluate(
            """
            return fetch('\(url)', {
                method: 'POST', body: '{}',
                headers: { \(credentials) 'Content-Type': 'application/json', 'MCP-Protocol-Version': '2025-06-18' }
            }).then(async answer => ({
                status: answer.status, challenge: answer.headers.get('WWW-Authenticate'),
                echo: answer.headers.get('X-Echo'), body: await answer.text()
            })).catch(failure => ({ failure: String(failure) }))
            """)
    }
}
