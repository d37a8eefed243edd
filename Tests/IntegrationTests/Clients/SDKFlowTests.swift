import Glibc
import TestSupport
import Testing

@Suite(
    "the MCP Python SDK through nginx", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(if: Tool.firstSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 1.x"),
    .enabled(if: Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 2.x"))
struct SDKFlowTests {
    private static let discovery = [
        "POST /mcp 401", "GET /.well-known/oauth-protected-resource/mcp 200",
        "GET /.well-known/oauth-authorization-server/mcp 200",
    ]

    @Test(
        "U01 discovery, registration, sign-in, consent, tool call, refresh; the token outlives restarts, and ends when revoked",
        arguments: SDKClient.Generation.allCases)
    func wholeFlow(_ generation: SDKClient.Generation) async throws {
        let application = try await MCPServer.start()
        let live = try await NginxDeployment(for: application)
        let client = try SDKClient(generation, live)

        let first = try await client.run(["list", "call", "expire", "call"])
        try #require(first.error == nil, "\(first)")
        #expect(Array(first.requests.prefix(3)) == Self.discovery)
        #expect(first.requests.dropFirst(3).prefix(2) == ["POST /mcp/register 201", "POST /mcp/token 200"])
        let clientID = try checkRegistration(first)
        try checkAuthorization(first, clientID, live, generation)
        try checkTokens(first, clientID, live, generation)
        #expect(first.tools == ["whoami"])
        #expect(first.calls.count == 2)
        for call in first.calls { checkIdentity(call, clientID, live, generation) }

        try await live.restart(SIGTERM)
        let second = try await client.run(["call"], person: false)
        #expect(second.error == nil)
        #expect(second.requests.allSatisfy { $0.contains(" /mcp 2") }, "\(second.requests)")
        #expect(second.tokens.isEmpty && second.authorizations.isEmpty)
        for call in second.calls { checkIdentity(call, clientID, live, generation) }

        try await live.restart(SIGKILL)
        let third = try await client.run(["call", "expire", "call"], person: false)
        #expect(third.error == nil)
        #expect(third.tokens.map { $0.sent["grant_type"] } == ["refresh_token"])
        // A client that was started anew knows the issuer's endpoints no more, and refreshes at the origin's.
        #expect(third.requests.filter { !$0.contains(" /mcp 2") } == ["POST /token 200"])
        #expect(third.calls.count == 2)

        try await live.revoke(try client.kept("refresh_token"), client: clientID)
        let fourth = try await client.run(["call"], person: false)
        #expect(fourth.requests == Self.discovery)
        #expect(fourth.challenges.count == 1)
        #expect(fourth.challenges.first?.contains(#"error="invalid_token""#) == true)
        #expect(fourth.error == "PermissionError: nobody is there to sign in")
        #expect(fourth.calls.isEmpty)
    }

    /// A public client that registered itself; answers its id.
    private func checkRegistration(_ run: SDKRun) throws -> String {
        #expect(run.registrations.count == 1)
        let registration = try #require(run.registrations.first)
        #expect(registration.status == 201)
        #expect(registration.sent.token_endpoint_auth_method == "none")
        #expect(registration.got.token_endpoint_auth_method == "none")
        #expect(registration.got.client_secret == nil)
        #expect(registration.got.redirect_uris == registration.sent.redirect_uris)
        #expect(registration.got.scope == registration.sent.scope)
        return registration.got.client_id
    }

    private func checkAuthorization(
        _ run: SDKRun, _ clientID: String, _ live: NginxDeployment, _ generation: SDKClient.Generation
    ) throws {
        #expect(run.authorizations.count == 1)
        let authorization = try #require(run.authorizations.first)
        #expect(authorization.endpoint == live.url + "/authorize")
        #expect(authorization.sent["client_id"] == clientID)
        #expect(authorization.sent["resource"] == live.url)
        #expect(authorization.sent["scope"] == scope(generation))
        #expect(authorization.sent["code_challenge_method"] == "S256")
        #expect(authorization.sent["prompt"] == (generation == .first ? nil : "consent"))
        #expect(
            authorization.pages == ["GET /mcp/authorize 200", "POST /mcp/login 200", "POST /mcp/consent 303"])
        #expect(Set(authorization.got.keys) == ["code", "state", "iss"])
        #expect(authorization.got["iss"] == live.issuer)
        #expect(authorization.got["state"] == authorization.sent["state"])
    }

    private func checkTokens(
        _ run: SDKRun, _ clientID: String, _ live: NginxDeployment, _ generation: SDKClient.Generation
    ) throws {
        #expect(run.tokens.map { $0.sent["grant_type"] } == ["authorization_code", "refresh_token"])
        for exchange in run.tokens {
            #expect(exchange.status == 200)
            #expect(exchange.scheme == "")
            #expect(exchange.sent["client_id"] == clientID)
            #expect(exchange.sent["resource"] == live.url)
            #expect(exchange.got.token_type == "Bearer")
            #expect(exchange.got.expires_in == 3_600)
            #expect(exchange.got.scope == scope(generation))
            #expect(exchange.got.refresh_token == "***")
        }
    }

    /// nginx has told the application who it is, and has kept the token.
    private func checkIdentity(
        _ call: SDKRun.Call, _ clientID: String, _ live: NginxDeployment, _ generation: SDKClient.Generation
    ) {
        #expect(call.text == "hello")
        #expect(call.values("x-mcp-subject") == [NginxDeployment.user])
        #expect(call.values("x-mcp-issuer") == [live.issuer])
        #expect(call.values("x-mcp-client") == [clientID])
        #expect(call.values("x-mcp-scopes") == [scope(generation)])
        #expect(call.values("authorization") == [])
    }

    /// The SDK 2.x asks for `offline_access` where the metadata lists it.
    private func scope(_ generation: SDKClient.Generation) -> String {
        generation == .first ? "mcp.tools" : "mcp.tools offline_access"
    }

    @Test("a refusal on the consent page reaches the client", arguments: SDKClient.Generation.allCases)
    func denied(_ generation: SDKClient.Generation) async throws {
        let live = try await NginxDeployment(for: BarePort.nobody)
        let run = try await SDKClient(generation, live).run(["list"], options: ["--decision", "deny"])
        let authorization = try #require(run.authorizations.first)
        #expect(authorization.got["error"] == "access_denied")
        #expect(authorization.got["iss"] == live.issuer)
        #expect(authorization.got["state"] == authorization.sent["state"])
        #expect(authorization.got["code"] == nil)
        #expect(run.tokens.isEmpty)
        #expect(run.error != nil)
    }

    @Test(
        "a client that wants a secret, or says nothing of it, gets one and uses it",
        arguments: [
            (SDKClient.Generation.first, ""), (.first, "client_secret_post"), (.current, "client_secret_basic"),
        ])
    func confidential(_ generation: SDKClient.Generation, method: String) async throws {
        let application = try await MCPServer.start()
        let live = try await NginxDeployment(for: application)
        let run = try await SDKClient(generation, live).run(
            ["call", "expire", "call"], options: ["--auth-method", method])
        try #require(run.error == nil, "\(run)")
        let registration = try #require(run.registrations.first)
        #expect(registration.sent.token_endpoint_auth_method == (method.isEmpty ? nil : method))
        // The default of RFC 7591 §2.
        let granted = method.isEmpty ? "client_secret_basic" : method
        #expect(registration.got.token_endpoint_auth_method == granted)
        #expect(registration.got.client_secret == "***")
        #expect(run.tokens.map(\.status) == [200, 200])
        for exchange in run.tokens {
            #expect(exchange.scheme == (granted == "client_secret_basic" ? "Basic" : ""))
            #expect(exchange.sent["client_secret"] == (granted == "client_secret_basic" ? nil : "***"))
        }
        #expect(run.calls.map { $0.values("x-mcp-client") } == Array(repeating: [registration.got.client_id], count: 2))
    }

    @Test(
        "without protected resource metadata the documents of the origin do",
        arguments: SDKClient.Generation.allCases)
    func originMetadata(_ generation: SDKClient.Generation) async throws {
        let application = try await MCPServer.start()
        let live = try await NginxDeployment(for: application, issuerPath: "")
        let run = try await SDKClient(generation, live).run(
            ["call", "expire", "call"], options: ["--without-resource-metadata"])
        try #require(run.error == nil, "\(run)")
        #expect(run.requests.contains("GET /.well-known/oauth-authorization-server 200"))
        #expect(run.authorizations.map(\.endpoint) == [live.issuer + "/authorize"])
        #expect(run.authorizations.first?.got["iss"] == live.issuer)
        #expect(run.calls.map { $0.values("x-mcp-issuer") } == [[live.issuer], [live.issuer]])
    }

    /// The SDK 2.x cannot go this way: it refuses the `iss` of a server whose metadata it has not found.
    @Test("a client of 2025-03-26, which finds no metadata and names no resource, gets a token for the one resource")
    func firstRevision() async throws {
        let application = try await MCPServer.start()
        let live = try await NginxDeployment(for: application)
        let run = try await SDKClient(.first, live).run(
            ["call", "expire", "call"], options: ["--without-resource-metadata"])
        try #require(run.error == nil, "\(run)")
        #expect(
            Array(run.requests.prefix(4)) == [
                "POST /mcp 401", "GET /.well-known/oauth-authorization-server 404", "POST /register 201",
                "POST /token 200",
            ])
        #expect(run.authorizations.map(\.endpoint) == [live.url.replacing("/mcp", with: "/authorize")])
        #expect(run.authorizations.allSatisfy { $0.sent["resource"] == nil })
        #expect(run.tokens.map { $0.sent["grant_type"] } == ["authorization_code", "refresh_token"])
        #expect(run.tokens.first?.sent["resource"] == nil)
        #expect(run.tokens.allSatisfy { $0.status == 200 })
        let clientID = try #require(run.registrations.first?.got.client_id)
        #expect(run.calls.map { $0.values("x-mcp-client") } == [[clientID], [clientID]])
        #expect(run.calls.map { $0.values("x-mcp-subject") } == [["alice"], ["alice"]])
    }

    @Test("what CG215 warns of: the same client stops at the root document of an issuer that has a path")
    func rootMetadata() async throws {
        let application = try await MCPServer.start()
        let live = try await NginxDeployment(for: application, issuer: "root_metadata: alias")
        let run = try await SDKClient(.first, live).run(["call"], options: ["--without-resource-metadata"])
        #expect(run.requests.contains("GET /.well-known/oauth-authorization-server 200"))
        #expect(run.error?.lowercased().contains("issuer") == true, "\(run)")
        #expect(run.calls.isEmpty && run.registrations.isEmpty)
    }

    @Test("H30 who accepts no event stream is told so by the application, once the token is good")
    func accept() async throws {
        let application = try await MCPServer.start()
        let live = try await NginxDeployment(for: application)
        let token = try await live.grant().access
        let headers = [("Content-Type", "application/json"), ("Accept", "text/plain")]
        let body = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        #expect(try await live.ask("POST", "/mcp", headers: headers, body: body).status == 401)
        let answer = try await live.ask(
            "POST", "/mcp", headers: headers + [("Authorization", "Bearer \(token)")], body: body)
        #expect(answer.status == 406)
        #expect(answer.text.contains("Not Acceptable"))
    }
}
