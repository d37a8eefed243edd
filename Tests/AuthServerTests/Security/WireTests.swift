import Foundation
import OAuthModel
import OAuthStores
import RuntimeConfig
import SQLite
import TestSupport
import Testing

@testable import AuthServer

/// What only the executable and its sockets can show.
@Suite("the OAuth endpoints of the running server", .serialized)
struct WireTests {
    private static let json = "Content-Type: application/json\r\n"
    private static let form = "Content-Type: application/x-www-form-urlencoded\r\n"
    private static let registration = #"{"redirect_uris":["https://chatgpt.com/cb"]}"#

    private static func start(_ change: (inout RuntimeConfig) -> Void = { _ in }) async throws -> ServerProcess {
        try await ServerProcess.start { config in
            config.clients = [Sample.client("cid_mcp")]
            config.legacyAliases = [EndpointName.register, .token, .revoke].map {
                RuntimeConfig.Alias(path: "/old/\($0)", endpoint: $0, sunset: right("9999-12-31"), defaultClient: nil)
            }
            change(&config)
        }
    }

    private static func request(_ method: String, _ path: String, _ fields: String, _ body: String) -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: \(Sample.host)\r\nConnection: close\r\n\(fields)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test("F01 F24 a client registers, reads itself and goes, over a socket")
    func registration() async throws {
        let server = try await Self.start()
        for path in ["/mcp/register", "/old/register"] {
            let made = try await server.ask(Self.request("POST", path, Self.json, Self.registration))
            #expect(made.status == 201)
            let answer = try #require(JSONSerialization.jsonObject(with: Data(made.body)) as? [String: Any])
            let uri = try #require(answer["registration_client_uri"] as? String)
            let token = try #require(answer["registration_access_token"] as? String)
            #expect(uri.hasPrefix("https://mcp.example.com/mcp/register/dyn_"))
            let target = String(uri.dropFirst("https://mcp.example.com".count))
            let read = try await server.get(target, headers: "Authorization: Bearer \(token)\r\n")
            #expect(read.status == 200)
            let gone = try await server.ask(
                Self.request("DELETE", target, "Authorization: Bearer \(token)\r\n", ""))
            #expect(gone.status == 204 && gone.body.isEmpty)
        }
    }

    @Test("F01 I14 a client that registered itself leads a person through, and is told who that was")
    func wholeWay() async throws {
        let deployment = try await OAuthServerProcess.start()
        let made = try await deployment.post("/mcp/register", Self.registration, type: "application/json")
        let id = try #require(made.member("client_id"))
        let basic = Basic.field(id, try #require(made.member("client_secret")))
        let code = try await deployment.code([("client_id", id)])
        let answer = try await deployment.token(
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", OAuthServerProcess.redirect),
                ("code_verifier", OAuthServerProcess.verifier),
            ], fields: [basic])
        let access = try #require(answer.member("access_token"))
        #expect(try await deployment.verify(access).status == 200)
        let bearer = "Authorization: Bearer \(access)\r\n"
        #expect(try await deployment.server.get("/mcp/userinfo", headers: bearer).status == 403)

        let path = deployment.server.folder.file("auth.db")
        let store = try await SQLiteOAuthStore.open(DatabaseFile(path: path))
        let open = try await GrantFixture(store: store).tokens(for: id, scope: "openid profile email")
        await store.close()
        let known = try await deployment.server.get(
            "/mcp/userinfo", headers: "Authorization: Bearer \(open.access)\r\n")
        #expect(String(decoding: known.body, as: UTF8.self) == #"{"sub":"alice","preferred_username":"alice"}"#)
    }

    @Test("F20 the limit counts the address that nginx tells, also by way of an alias")
    func limit() async throws {
        let server = try await Self.start { config in
            config.limits.registrations = Rate(requests: 2, seconds: 600)
        }
        func register(_ path: String, _ address: String) async throws -> Int {
            try await server.ask(
                Self.request("POST", path, Self.json + "X-Real-IP: \(address)\r\n", Self.registration)
            ).status
        }
        #expect(try await register("/mcp/register", "2001:db8::1") == 201)
        #expect(try await register("/old/register", "2001:db8::2") == 201)
        #expect(try await register("/old/register", "2001:db8::3") == 429)
        #expect(try await register("/mcp/register", "2001:db8::4") == 429)
        #expect(try await register("/mcp/register", "192.0.2.9") == 201)
    }

    private static let limited = [
        "authorize", "login", "consent", "token", "revoke", "introspect", "userinfo", "register",
    ]

    @Test("Q34 the listener asks the limit of an address at every endpoint that takes a body", arguments: limited)
    func limits(_ endpoint: String) async throws {
        let server = try await Self.start { config in
            config.limits.authorizations = Rate(requests: 1, seconds: 6_000)
            config.limits.tokenRequests = Rate(requests: 4, seconds: 6_000)
        }
        let body = String(repeating: "&", count: 65_000)
        var statuses: [Int] = []
        for _ in 0..<5 {
            statuses.append(try await server.ask(Self.request("POST", "/mcp/\(endpoint)", Self.form, body)).status)
        }
        #expect(statuses.last == 429)
        #expect(statuses.first != 429)
    }

    @Test("F12 a body of two megabytes is refused by its length")
    func large() async throws {
        let server = try await Self.start()
        let answer = try await server.ask(
            "POST /mcp/register HTTP/1.1\r\nHost: a\r\n\(Self.json)Content-Length: 2097152\r\n\r\n")
        #expect(answer.status == 413)
    }

    @Test("I07 a revocation that was answered outlives a kill")
    func kill() async throws {
        let server = try await Self.start()
        let store = try await SQLiteOAuthStore.open(DatabaseFile(path: server.folder.file("auth.db")))
        let tokens = try await GrantFixture(store: store).tokens(for: "cid_mcp")
        let kept = try await GrantFixture(store: store).tokens(for: "cid_mcp")
        await store.close()
        func verdict(_ token: String) async throws -> Int {
            try await server.ask(
                "GET /_verify HTTP/1.1\r\nHost: a\r\nX-MCP-Resource: \(Sample.issuer)\r\nConnection: close\r\n"
                    + "Authorization: Bearer \(token)\r\n\r\n", of: "private.sock"
            ).status
        }
        #expect(try await verdict(tokens.access) == 200)
        let revoked = try await server.ask(
            Self.request("POST", "/mcp/revoke", Self.form, "token=\(tokens.refresh)&client_id=cid_mcp"))
        #expect(revoked.status == 200)
        #expect(try await verdict(tokens.access) == 401)
        let next = try await server.restart(SIGKILL)
        #expect(try await verdict(tokens.access) == 401)
        #expect(try await verdict(kept.access) == 200)
        next.child.signal(SIGTERM)
        #expect(try await next.child.wait() == .code(0))
    }

    @Test("S01 S03 pages of allowed origins may read what programs are answered, and no others")
    func crossOrigin() async throws {
        let server = try await Self.start()
        for path in ["/mcp/token", "/mcp/register", "/mcp/revoke", "/mcp/userinfo", "/old/token"] {
            for (origin, isAllowed) in [
                ("https://app.example.com", true), ("https://evil.example", false), ("null", false),
                ("https://app.example.com.evil.example", false),
            ] {
                let posted = try await server.ask(
                    Self.request("POST", path, "Origin: \(origin)\r\n\(Self.form)", "a=b"))
                let asked = try await server.ask(
                    Self.request(
                        "OPTIONS", path, "Origin: \(origin)\r\nAccess-Control-Request-Method: POST\r\n", ""))
                #expect(asked.status == 204)
                for head in [posted.head, asked.head] {
                    #expect(head.contains("Access-Control-Allow-Origin: \(origin)\r\n") == isAllowed)
                    #expect(head.contains("Access-Control-Allow-Origin") == isAllowed)
                    #expect(!head.contains("Allow-Credentials"))
                    #expect(head.contains("Vary: Origin"))
                }
                #expect(
                    posted.head.contains(
                        "Access-Control-Expose-Headers: WWW-Authenticate, Retry-After, Mcp-Session-Id") == isAllowed)
            }
        }
    }

    @Test("S02 what people see is for no script of another origin")
    func pages() async throws {
        let server = try await Self.start()
        for path in ["/mcp/authorize", "/mcp/consent", "/mcp/callback", "/mcp/introspect"] {
            for method in ["GET", "POST", "OPTIONS"] {
                let answer = try await server.ask(
                    Self.request(
                        method, path,
                        "Origin: https://app.example.com\r\nAccess-Control-Request-Method: POST\r\n\(Self.form)", ""))
                #expect(!answer.head.contains("Access-Control-"))
            }
        }
    }

    private static let endpoints = ["register", "token", "revoke", "introspect", "userinfo"].map { "/mcp/\($0)" }

    @Test("Q04 a body that is too long is refused before it comes", arguments: endpoints)
    func tooLong(_ path: String) async throws {
        let server = try await Self.start()
        let declared = try await server.ask(
            "POST \(path) HTTP/1.1\r\nHost: a\r\n\(Self.form)Content-Length: 1073741824\r\n\r\n")
        #expect(declared.status == 413)
        let chunked = try await server.ask(
            "POST \(path) HTTP/1.1\r\nHost: a\r\n\(Self.form)Transfer-Encoding: chunked\r\n\r\n40000000\r\n")
        #expect(chunked.status == 411)
    }

    @Test("Q09 forms that are meant to cost much are refused", arguments: endpoints.dropFirst().dropLast())
    func costlyForms(_ path: String) async throws {
        let server = try await Self.start()
        for body in [
            String(repeating: "a=&", count: 10_000), (0..<10_000).map { "\($0)=&" }.joined(),
            "token=%" + String(repeating: "25", count: 20_000), "scope=" + String(repeating: "x", count: 60_000),
            String(repeating: "%25", count: 20_000) + "=x",
        ] {
            let answer = try await server.ask(Self.request("POST", path, Self.form, body))
            #expect([400, 401, 413].contains(answer.status))
        }
        let long = try await server.ask(
            "POST \(path) HTTP/1.1\r\nHost: a\r\n\(Self.form)Content-Length: 5242880\r\n\r\n")
        #expect(long.status == 413)
    }
}
