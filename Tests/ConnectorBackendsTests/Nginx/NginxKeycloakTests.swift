import TestSupport
import Testing

@Suite("a Keycloak behind nginx", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxKeycloakTests {
    private static func spec(_ prefix: String = "/auth", routes: String = "") -> String {
        """
        version: 1
        name: farm
        issuer:
          url: https://mcp.example.com\(prefix)/realms/mcp
          mode: external
          upstream: http://127.0.0.1:3940
          \(routes)
          registration: [dcr]
        connectors:
          mcp:
            public_url: https://mcp.example.com/mcp
            upstream: http://127.0.0.1:3930
            client_id: cid_mcp
            scopes: [mcp.tools]
            allowed_origins: [https://claude.ai]
        clients: [claude]
        targets: { nginx: { version: "1.22" } }
        """
    }

    private static let registration = "/auth/realms/mcp/clients-registrations/openid-connect"

    @Test("H73 what is for administrators is not found, in every spelling, and the realm beside it is reached")
    func shut() throws {
        for routes in ["", "routes: [/auth]"] {
            let live = try LiveNginx(Self.spec(routes: routes))
            for path in ["realms/master", "admin", "metrics", "health"] {
                for target in [
                    "/auth/\(path)", "/auth/\(path)/", "/auth/\(path)/x?a=b", "//auth//\(path)", "/auth/x/../\(path)/",
                    "/auth/realms/mcp/..%2f..%2f\(path)/x", "/%61uth/%2e/\(path)",
                ] {
                    let answer = try live.ask("GET", target)
                    #expect(answer.status == 404 && answer.text == #"{"error":"not_found"}"#, "\(target)")
                }
            }
            #expect(live.application.takeRequests().isEmpty)
            for target in ["/auth/realms/mcp/account", "/auth/realms/mcp/admin"] {
                #expect(try live.ask("GET", target).header("x-echo") == "application", "\(target)")
            }
            #expect(
                try live.ask("GET", "/auth/realms/masters").header("x-echo") == (routes.isEmpty ? nil : "application"))
            #expect(try live.ask("GET", "/admin").status == 418, "the site's own")
        }
        let plain = try LiveNginx(Self.spec(""))
        for path in ["/admin", "/metrics", "/health/live"] {
            #expect(try plain.ask("GET", path).status == 418, "\(path)")
        }
        #expect(try plain.ask("GET", "/realms/master/protocol/openid-connect/auth").status == 404)
    }

    @Test(
        "H74 registrations of one address are counted, in whatever format and by whatever method, and nothing else is")
    func counted() throws {
        let live = try LiveNginx(Self.spec())
        let statuses = try (0..<70).map { index in
            let path = index % 2 == 0 ? Self.registration : "/auth/realms/mcp/clients-registrations/default"
            return try live.ask("POST", path, headers: [("Origin", "https://claude.ai")], body: "{}")
        }
        // A request may come back while the others are sent.
        let passed = statuses.count { $0.status == 200 }
        #expect(passed == 60 || passed == 61, "\(passed)")
        #expect(live.application.takeRequests().count == passed)
        let refused = try #require(statuses.last)
        #expect(refused.status == 429 && refused.values("retry-after") == ["5"])
        #expect(refused.text == #"{"error":"temporarily_unavailable"}"#)
        #expect(refused.values("access-control-allow-origin") == ["https://claude.ai"])
        #expect(try live.ask("PUT", Self.registration + "/id", body: "{}").status == 429)
        #expect(
            try live.ask("POST", "/auth/realms/mcp//clients-registrations/%6fpenid-connect", body: "{}").status == 429)
        #expect(try live.ask("POST", "/auth/realms/mcp/protocol/openid-connect/token", body: "a=b").status == 200)
    }

    @Test("H75 a preflight of the issuer's document is answered here, whoever asks, and nothing but reading goes on")
    func preflight() throws {
        let live = try LiveNginx(Self.spec())
        for target in [
            "/.well-known/oauth-authorization-server/auth/realms/mcp",
            "/auth/realms/mcp/.well-known/openid-configuration",
        ] {
            let asked = try live.ask(
                "OPTIONS", target,
                headers: [
                    ("Origin", "http://localhost:6274"), ("Access-Control-Request-Method", "GET"),
                    ("Access-Control-Request-Headers", "mcp-protocol-version"),
                ])
            #expect(asked.status == 204 && asked.body.isEmpty, "\(asked.startLine)")
            #expect(asked.values("access-control-allow-origin") == ["*"])
            #expect(asked.values("access-control-allow-methods") == ["GET, HEAD, OPTIONS"])
            #expect(asked.header("access-control-allow-headers")?.contains("MCP-Protocol-Version") == true)
            for method in ["POST", "PUT", "DELETE", "PATCH", "PROPFIND", "ANY"] {
                let refused = try live.ask(method, target, body: "{}")
                #expect(refused.status == 405 && refused.values("allow") == ["GET, HEAD, OPTIONS"], "\(method)")
                #expect(refused.text == #"{"error":"method_not_allowed"}"#)
            }
            #expect(live.application.takeRequests().isEmpty)
            for method in ["GET", "HEAD"] {
                #expect(try live.ask(method, target).header("x-echo") == "application", "\(method)")
            }
            _ = live.application.takeRequests()
        }
    }

    @Test("H75 a refusal of the issuer's own stays its own")
    func ownRefusal() throws {
        let live = try LiveNginx(Self.spec(), application: { _ in EchoUpstream.Answer(403, [], "theirs") })
        let answer = try live.ask("GET", "/auth/realms/mcp/.well-known/openid-configuration")
        #expect(answer.status == 403 && answer.text == "theirs")
    }
}
