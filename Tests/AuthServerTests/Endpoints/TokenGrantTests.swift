import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("the grants of the token endpoint")
struct TokenGrantTests {
    @Test("each grant type has one grant")
    func registry() throws {
        let services = try InProcessServer().services
        let grants = GrantRegistry.grants(tokens: services.tokens, policy: services.policy)
        #expect(grants.map(\.type.rawValue).sorted() == GrantType.allCases.map(\.rawValue).sorted())
    }

    /// Takes every refresh token for what its client says it is.
    private struct Echo: TokenGrant {
        let type = GrantType.refreshToken

        func parse(_ form: ParameterList) throws(Rejection) -> String { try form.required(.refreshToken) }

        func exchange(_ request: String, for client: ClientRecord, now: UnixTime) -> TokenResponse {
            TokenResponse(accessToken: "\(request) of \(client.id)", expiresIn: 1, refreshToken: nil, scopes: [])
        }
    }

    @Test("the endpoint has the steps that all grants share, and a grant that is registered the rest")
    func endpoint() async throws {
        let bench = try InProcessServer()
        let endpoint = TokenEndpoint(clients: bench.services.clients, grants: [Echo()])
        let pipeline = EndpointPipeline(endpoint, limits: RateLimits(.off))
        func ask(_ pairs: [(String, String)]) async throws -> HTTPResponse {
            let request = HTTPRequest(
                .post, "/", headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(FormCoding.encoded(pairs).utf8))
            return try await pipeline.answer(EndpointCall(request, now: bench.time.now))
        }
        let form = [("grant_type", "refresh_token"), ("refresh_token", "r")]
        let answer = try await ask(form + [("client_id", "cid_mcp")])
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("r of cid_mcp"))
        await #expect(throws: Rejection.client(.anonymous, basic: false)) { _ = try await ask(form) }
        await #expect(throws: Rejection.unsupportedGrantType) {
            _ = try await ask([("grant_type", "authorization_code"), ("client_id", "cid_mcp")])
        }
    }
}
