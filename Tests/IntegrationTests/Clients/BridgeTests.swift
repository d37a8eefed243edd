import Foundation
import TestSupport
import Testing

/// What `mcp-remote-run.mjs` prints, as far as the tests read it.
private struct BridgeRun: Decodable {
    struct Request: Decodable {
        let method: String
        let url: String
        let status: Int
    }
    struct Registration: Decodable {
        struct Response: Decodable {
            let client_id: String
            let token_endpoint_auth_method: String
            let client_secret: String?
        }
        let status: Int
        let response: Response
    }
    struct Authorize: Decodable {
        let endpoint: String
        let params: [String: String]
    }
    struct Exchange: Decodable {
        let params: [String: String]
        let client_auth: String
        let status: Int
        let scope: String?
    }
    struct Called: Decodable {
        let name: String
        let isError: Bool
    }

    let ok: Bool
    let stage: String
    let error: String?
    let requests: [Request]
    let registration: Registration?
    let authorize: Authorize?
    let callback: [String: String]?
    let token: Exchange?
    let refresh: Exchange?
    let tools: [String]?
    let called: Called?
    let refreshed: Bool?
}

@Suite(
    "mcp-remote through nginx", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(if: Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 2.x"),
    .enabled(if: Tool.node.isAvailable, "Node 20.12 or later is not installed"),
    .enabled(if: Tool.shared.isAvailable, "../shared is not there"))
struct BridgeTests {
    @Test("it registers, signs in, lists and calls the tools, and gets over a spoiled access token by refreshing")
    func wholeFlow() async throws {
        let application = try await MCPServer.start()
        let live = try await NginxDeployment(for: application)
        let run = try await run(live)
        try #require(run.ok, "\(run)")
        let registration = try #require(run.registration)
        #expect(registration.status == 201)
        #expect(registration.response.client_secret == nil)
        let authorize = try #require(run.authorize)
        #expect(authorize.endpoint == live.url + "/authorize")
        #expect(authorize.params["client_id"] == registration.response.client_id)
        #expect(authorize.params["resource"] == live.url)
        #expect(authorize.params["scope"] == "mcp.tools offline_access")
        #expect(authorize.params["redirect_uri"]?.hasPrefix("http://localhost:") == true)
        #expect(run.callback?["iss"] == live.issuer)
        for exchange in [try #require(run.token), try #require(run.refresh)] {
            #expect(exchange.status == 200)
            #expect(exchange.client_auth == "none")
            #expect(exchange.params["resource"] == live.url)
            #expect(exchange.scope == "mcp.tools offline_access")
        }
        #expect(run.tools == ["whoami"])
        #expect(run.called?.name == "whoami")
        #expect(run.called?.isError == false)
        #expect(run.refreshed == true)
        // The spoiled token was refused once, and the person was not asked again.
        #expect(run.requests.filter { $0.url.hasSuffix("/token") }.map(\.status) == [200, 200])
        #expect(run.requests.last?.status == 200)
    }

    private func run(_ live: NginxDeployment) async throws -> BridgeRun {
        let folder = try Tool.shared.required() + "/clients"
        var environment = ProcessInfo.processInfo.environment
        environment["LOGIN_USER"] = NginxDeployment.user
        environment["LOGIN_PASSWORD"] = NginxDeployment.password
        let ran = try await ChildProcess.run(
            Tool.node.required(),
            [
                "\(folder)/mcp-remote-run.mjs", "--url", live.url, "--login",
                "\(Tool.python3.required()) \(folder)/login_local.py", "--timeout", "60",
            ], environment: environment, deadline: .seconds(90))
        return try JSONDecoder().decode(BridgeRun.self, from: Data(ran.output.utf8))
    }
}
