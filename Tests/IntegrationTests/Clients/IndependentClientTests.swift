import Foundation
import TestSupport
import Testing

/// What `authlib_client.py` prints.
private struct AuthlibRun: Decodable {
    struct Claims: Decodable {
        let iss: String?
        let sub: String?
        let aud: String?
        let scope: String?
        let client_id: String?
        let jti: String?
        let exp: Int?
        let iat: Int?
        let active: Bool?
        let token_type: String?
    }

    let issuer: String
    let client: String
    let scope: String
    let header: [String: String]?
    let claims: Claims?
    let introspection: Claims
    let called: Int
    let refreshed: Bool
    let revoked: Int
    let afterwards: [String: Bool]
    let called_afterwards: Int
}

@Suite(
    "Authlib through nginx", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(if: Tool.python.isAvailable, "Scripts/setup has not installed the Python packages"))
struct IndependentClientTests {
    private let application: EchoUpstream

    init() throws {
        application = try EchoUpstream(name: "application")
    }

    @Test(
        "it registers with a secret, and the token means what introspection says until it is revoked",
        arguments: ["opaque", "jwt"])
    func wholeFlow(format: String) async throws {
        let live = try await NginxDeployment(
            for: application, issuer: "tokens: { format: \(format) }")
        let run = try await run(live)
        #expect(run.issuer == live.issuer)
        #expect(run.scope == "mcp.tools offline_access")
        check(run.introspection, of: run, live)
        #expect(run.introspection.active == true)
        #expect(run.introspection.token_type == "Bearer")
        if format == "jwt" {
            #expect(run.header?["typ"] == "at+jwt")
            #expect(run.header?["alg"] == "ES256")
            let claims = try #require(run.claims)
            check(claims, of: run, live)
            #expect(claims.jti?.isEmpty == false)
            #expect(claims.exp == run.introspection.exp)
        } else {
            #expect(run.claims == nil)
        }
        #expect(run.called == 200)
        #expect(run.refreshed)
        #expect(run.revoked == 200)
        #expect(run.afterwards == ["active": false])
        #expect(run.called_afterwards == 401)
        #expect(application.takeRequests().map { $0.values("X-MCP-Client") } == [[run.client]])
    }

    private func check(_ claims: AuthlibRun.Claims, of run: AuthlibRun, _ live: NginxDeployment) {
        #expect(claims.iss == live.issuer)
        #expect(claims.sub == NginxDeployment.user)
        #expect(claims.aud == live.url)
        #expect(claims.client_id == run.client)
        #expect(claims.scope == "mcp.tools offline_access")
        if let issued = claims.iat, let expires = claims.exp { #expect(expires - issued == 3_600) }
    }

    private func run(_ live: NginxDeployment) async throws -> AuthlibRun {
        let metadata = live.url.replacing("/mcp", with: "/.well-known/oauth-authorization-server/mcp")
        let ran = try await ChildProcess.run(
            Tool.python.required(),
            ["-B", Repository.path("Tests/IntegrationTests/Clients/authlib_client.py"), metadata, live.url],
            environment: [
                "LOGIN_USER": NginxDeployment.user, "LOGIN_PASSWORD": NginxDeployment.password,
                "AUTHLIB_INSECURE_TRANSPORT": "1",
            ], deadline: .seconds(60))
        try #require(ran.exit == .code(0), "\(ran.errors)")
        return try JSONDecoder().decode(AuthlibRun.self, from: Data(ran.output.utf8))
    }
}
