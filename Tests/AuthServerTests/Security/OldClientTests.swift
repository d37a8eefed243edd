import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@Suite("clients that were set up long ago")
struct OldClientTests {
    @Test("U06 old URLs and no client id at all lead through the alias to a token, its refresh and a tool call")
    func cachedRegistration() async throws {
        let base = "/old/connector/oauth"
        let deployment = try await OAuthServerProcess.start { config in
            config.legacyAliases += [EndpointName.authorize, .token, .register].map { endpoint in
                RuntimeConfig.Alias(
                    path: "\(base)/\(endpoint)", endpoint: endpoint, sunset: right("2999-12-31"),
                    defaultClient: "cid_mcp")
            }
        }
        let request = OAuthServerProcess.authorization([("client_id", nil)])
            .replacing("/mcp/authorize", with: "\(base)/authorize")
        let answer = try await deployment.approve(request, in: Browser(deployment.server))
        let code = try #require(answer.redirectParameter("code"))
        #expect(answer.redirectParameter("iss") == Sample.issuer)

        let tokens = try await deployment.post(
            "\(base)/token",
            FormCoding.encoded([
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", OAuthServerProcess.redirect),
                ("code_verifier", OAuthServerProcess.verifier),
            ]))
        let refreshed = try await deployment.post(
            "\(base)/token",
            FormCoding.encoded([
                ("grant_type", "refresh_token"), ("refresh_token", tokens.member("refresh_token") ?? ""),
            ]))
        for token in [tokens.member("access_token"), refreshed.member("access_token")] {
            let verified = try await deployment.verify(token ?? "")
            #expect(verified.status == 200 && verified.values("x-mcp-client") == ["cid_mcp"])
        }
        // Without the alias nobody is meant by saying nothing.
        #expect(
            try await deployment.refresh(refreshed.member("refresh_token") ?? "", [("client_id", nil)]).status == 401)
    }
}
