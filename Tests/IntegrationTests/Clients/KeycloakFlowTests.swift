import JSONSyntax
import TestSupport
import Testing

/// Clients on their whole way through the generated nginx, unedited, to a Keycloak that runs; `make keycloak-trial`
/// starts both versions, one after the other.
@Suite(
    "clients of a Keycloak behind our nginx",
    .enabled(if: Tool.kcadm.isAvailable, "KEYCLOAK_HOME and KEYCLOAK_URL name no server"),
    .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(
        if: Tool.firstSDK.isAvailable && Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDKs"),
    .serialized)
struct KeycloakFlowTests {
    @Test("U11 the SDK registers, signs in, calls, refreshes and calls again", arguments: SDKClient.Generation.allCases)
    func sdk(_ generation: SDKClient.Generation) async throws {
        try await KeycloakDeployment.with("sdk", for: try await MCPServer.start()) { live in
            let run = try await live.connect(generation)
            try #require(run.error == nil, "\(run.error ?? "") \(run.requests)")
            #expect(run.tools == ["whoami"] && run.calls.count == 2)
            #expect(run.registrations.map(\.status) == [201] && run.tokens.map(\.status) == [200, 200])
            #expect(run.requests.first == "POST /mcp 401")
            for call in run.calls {
                #expect(call.values("x-mcp-issuer") == [live.issuer] && call.values("x-mcp-subject").count == 1)
                #expect(call.values("authorization") == [])
            }
        }
    }

    @Test(
        "U11 mcp-remote registers, signs in, calls, and gets over a spoiled token",
        .enabled(if: Tool.node.isAvailable, "Node 20.12 or later is not installed"),
        .enabled(if: Tool.shared.isAvailable, "../shared is not there"))
    func bridge() async throws {
        try await KeycloakDeployment.with("bridge", for: try await MCPServer.start()) { live in
            let run = try await live.bridge()
            #expect(run["ok"] == true && run["refreshed"] == true, "\(run)")
            #expect(run["tools"] == ["whoami"])
        }
    }

    /// What ChatGPT asks for is a list of scopes of the realm (it takes them from the metadata).
    @Test(
        "U11 a state comes back byte for byte up to 4,000 bytes, and the token opens the connector",
        arguments: [
            (
                "https://chatgpt.com/connector/oauth/abc",
                ["--ask-scope", "address microprofile-jwt organization phone"]
            ),
            ("https://claude.ai/api/mcp/auth_callback", []),
            (
                "http://127.0.0.1:33418/callback",
                ["--register-scope", "mcp.tools offline_access", "--ask-scope", "mcp.tools"]
            ),
        ])
    func states(redirect: String, options: [String]) async throws {
        let application = try EchoUpstream(name: "application")
        try await KeycloakDeployment.with("states", for: application) { live in
            let lengths = [10, 1_500, 3_000, 4_000]
            let run = try await live.codeFlow(redirect, options: options, lengths: lengths)
            #expect(run["registration"] == 201)
            let flows = run["flows"]?.array ?? []
            #expect(flows.count == lengths.count)
            for flow in flows {
                #expect(flow["state"] == true && flow["iss"]?.string == live.issuer, "\(flow)")
                let token = flow["token"]?.string ?? ""
                let answer = try await live.ask(
                    "POST", "/mcp", headers: [("Authorization", "Bearer \(token)")], body: "{}")
                #expect(answer.header("x-echo") == "application", "\(flow["bytes"] ?? .null)")
                #expect(application.takeRequests().first?.values("x-mcp-issuer") == [live.issuer])
            }
        }
    }

    @Test("J40 a token of the realm that is for somebody else gets 401, and never comes to the MCP server")
    func foreign() async throws {
        let application = try EchoUpstream(name: "application")
        try await KeycloakDeployment.with("foreign", for: application) { live in
            let token = try await live.foreignToken()
            #expect(token.split(separator: ".").count == 3)
            for path in ["/mcp", "/mcp/", "/mcp/x"] {
                let answer = try await live.ask(
                    "POST", path, headers: [("Authorization", "Bearer \(token)")], body: "{}")
                #expect(answer.status == 401, "\(path)")
                #expect(answer.header("www-authenticate")?.contains("invalid_token") == true)
            }
            #expect(application.takeRequests().isEmpty)
        }
    }

    @Test(
        "H73 H74 H75 of the Keycloak behind it the realm is reached, and the administrators' is not, however it is spelled"
    )
    func edge() async throws {
        try await KeycloakDeployment.with("edge", for: try EchoUpstream(name: "application")) { live in
            let realm = "/realms/\(live.realm)"
            for path in [
                "/.well-known/oauth-authorization-server\(realm)", "/.well-known/openid-configuration\(realm)",
                "\(realm)/.well-known/oauth-authorization-server", "\(realm)/.well-known/openid-configuration",
            ] {
                let document = try await live.ask("GET", path, headers: [("Origin", "http://localhost:6274")])
                #expect(try JSON.parse(document.body)["issuer"]?.string == live.issuer, "\(path)")
                #expect(document.values("access-control-allow-origin") == ["http://localhost:6274"], "\(path)")
                let preflight = try await live.ask(
                    "OPTIONS", path,
                    headers: [
                        ("Origin", "http://localhost:6274"), ("Access-Control-Request-Method", "GET"),
                        ("Access-Control-Request-Headers", "mcp-protocol-version"),
                    ])
                #expect(preflight.status == 204 && preflight.values("access-control-allow-origin") == ["*"], "\(path)")
                #expect(preflight.header("access-control-allow-headers")?.contains("MCP-Protocol-Version") == true)
                #expect(try await live.ask("POST", path, body: "{}").status == 405, "\(path)")
            }
            // The pages of people, with the styles that they ask for.
            let page = try await live.ask("GET", realm + "/account/")
            #expect(page.status == 200 && page.text.contains("/resources/"))
            for path in [
                "/realms/master", "/realms/master/", "/realms/master/.well-known/openid-configuration",
                "/realms/%6daster/", "//realms//master/", "\(realm)/../master/", "\(realm)/..%2fmaster/",
            ] {
                let answer = try await live.ask("GET", path)
                #expect(answer.status == 404 && answer.text == #"{"error":"not_found"}"#, "\(path) \(answer.status)")
            }
            for path in ["\(realm)/..;/master/", "\(realm)/%2e%2e;/master/", #"\#(realm)/..\master/"#] {
                let answer = try await live.ask("GET", path)
                #expect(answer.status >= 400 && !answer.text.contains("public_key"), "\(path) \(answer.text)")
            }
            // Nothing of ours is there: the site leads it where it wants.
            #expect(try await live.ask("GET", "/admin/").status == 302)
        }
    }
}
