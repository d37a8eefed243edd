import HTTPServer
import Testing

@testable import AuthServer

@Suite("the private listener")
struct PrivateListenerTests {
    private let listener = PrivateListener(Sample.config(), health: Health())
    private static let metadata =
        "Bearer resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\", scope=\"mcp.tools\""

    private func verify(
        _ method: HTTPMethod = .get, resource: String? = "https://mcp.example.com/mcp", _ headers: (String, String)...
    ) async -> HTTPResponse {
        var all = HTTPHeaders([HTTPHeaders.Field("Host", "127.0.0.1:8720")])
        if let resource { all.add("X-MCP-Resource", resource) }
        for (name, value) in headers { all.add(name, value) }
        let request = HTTPRequest(method, "/_verify", headers: all)
        return await listener.answer(request, listener.route(request))
    }

    @Test("H01 H02 no usable credentials give a bare challenge")
    func bare() async {
        for field in [nil, "", "Basic YTpi", "Digest a", "Bearer", "Bearer ", "Bearer a,b", "Bearer  a"] {
            let response =
                if let field { await verify(.get, ("Authorization", field)) } else { await verify() }
            #expect(response.status == 401)
            #expect(response.headers["WWW-Authenticate"] == Self.metadata)
        }
    }

    @Test("H03 H04 a token that is unknown gives invalid_token, whatever the case of the scheme")
    func unknownToken() async {
        for field in ["Bearer abc", "bearer abc", "BEARER eyJhbGciOiJub25lIn0.e30."] {
            let response = await verify(.get, ("Authorization", field))
            #expect(response.status == 401)
            #expect(response.headers["WWW-Authenticate"] == "\(Self.metadata), error=\"invalid_token\"")
            #expect(!String(decoding: response.body, as: UTF8.self).contains("abc"))
        }
    }

    @Test("a resource that is not ours passes nobody")
    func unknownResource() async {
        for resource in [nil, "", "https://mcp.example.com/mcp/", "https://evil.example/"] {
            let response = await verify(resource: resource)
            #expect(response.status == 500)
        }
        let twice = await verify(.get, ("x-mcp-resource", "https://mcp.example.com/other"))
        #expect(twice.status == 500)
    }

    @Test("H18 what nginx sends on as a preflight is answered with 204, on this side alone")
    func answeredPreflight() async {
        let request = HTTPRequest(.options, "/_preflight", headers: ["Host": "mcp.example.com"])
        let answer = await listener.answer(request, listener.route(request))
        #expect(answer.status == 204 && answer.body.isEmpty)
        let get = HTTPRequest(.get, "/_preflight", headers: ["Host": "mcp.example.com"])
        #expect(await listener.answer(get, listener.route(get)).status == 405)
        let outer = PublicListener(Sample.config(), health: Health())
        #expect(await outer.answer(request, outer.route(request)).status == 404)
    }

    @Test("H18 a genuine preflight from an allowed origin passes without identity, another is refused")
    func preflight() async {
        let passed = await verify(
            .get, ("X-Original-Method", "OPTIONS"), ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "POST"))
        #expect(passed.status == 204)
        #expect(passed.headers.fields.allSatisfy { !$0.name.lowercased().hasPrefix("x-auth") })
        let refused = await verify(
            .get, ("X-Original-Method", "OPTIONS"), ("Origin", "https://evil.example"),
            ("Access-Control-Request-Method", "POST"))
        #expect(refused.status == 403)
        #expect(refused.headers["Access-Control-Allow-Origin"] == nil)
        let bare = await verify(.get, ("X-Original-Method", "OPTIONS"), ("Origin", "https://app.example.com"))
        #expect(bare.status == 401)
    }

    @Test("H61 the answer to a preflight names the origin that was judged, and what the page asks to send")
    func answeredForAPage() async {
        func ask(_ fields: (String, String)...) async -> HTTPResponse {
            let request = HTTPRequest(
                .options, "/_preflight",
                headers: HTTPHeaders([HTTPHeaders.Field("Host", "a")] + fields.map { HTTPHeaders.Field($0.0, $0.1) }))
            return await listener.answer(request, listener.route(request))
        }
        let judged = await verify(
            .get, ("X-Original-Method", "OPTIONS"), ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "POST"))
        #expect(judged.headers["X-MCP-Origin"] == "https://app.example.com")
        let answer = await ask(
            ("Origin", "https://evil.example"), ("X-MCP-Origin", "https://app.example.com"),
            ("Access-Control-Request-Headers", "authorization, x-own"))
        #expect(answer.headers["Access-Control-Allow-Origin"] == "https://app.example.com")
        #expect(answer.headers["Access-Control-Allow-Headers"] == "authorization, x-own")
        #expect(answer.headers["Access-Control-Allow-Credentials"] == nil)
        for names in ["", "a\u{FFFD}", "a: b", String(repeating: "a", count: 2_049)] {
            let odd = await ask(("X-MCP-Origin", "https://app.example.com"), ("Access-Control-Request-Headers", names))
            #expect(odd.status == 204 && odd.headers["Access-Control-Allow-Headers"] == nil)
        }
        #expect(await ask(("Origin", "https://app.example.com")).headers["Access-Control-Allow-Origin"] == nil)
    }

    @Test("other methods on the check give 405, and nothing public is served here")
    func others() async {
        #expect(await verify(.post).status == 405)
        let request = HTTPRequest(.get, Sample.serverPath, headers: ["Host": Sample.host])
        #expect(await listener.answer(request, listener.route(request)).status == 404)
        for path in ["/healthz", "/livez", "/readyz"] {
            let request = HTTPRequest(.get, path)
            #expect(await listener.answer(request, listener.route(request)).status == 200)
        }
    }
}
