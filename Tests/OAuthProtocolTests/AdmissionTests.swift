import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing

@Suite("clients that registered under another policy")
struct AdmissionTests {
    private static func policy(_ change: (inout RuntimeConfig) -> Void = { _ in }) -> RegistrationPolicy {
        var config = Flow.config()
        config.clientURIHosts = ["github.com"]
        change(&config)
        return RegistrationPolicy(config, policy: AuthorizationPolicy(config))
    }

    /// The record of a client that registered when all of the sample was admitted, by a policy of today.
    private func record(
        _ members: String, today change: (inout RuntimeConfig) -> Void
    ) throws -> ClientRecord {
        let metadata = try ClientMetadata(registration: Array("{\(members)}".utf8), policy: Self.policy())
        let stored = try #require(ClientMetadata(stored: metadata.storedText))
        return stored.record(id: "dyn_1", secrets: [], admittedBy: Self.policy(change))
    }

    private func fault(_ client: ClientRecord, _ redirect: String?) -> RedirectFault? {
        do throws(RedirectFault) {
            _ = try client.redirect(redirect)
            return nil
        } catch {
            return error
        }
    }

    @Test("F43 of several redirects those that are not admitted any more are refused by their host")
    func some() throws {
        let client = try record(#""redirect_uris":["https://chatgpt.com/a","https://app.example.com/b"]"#) {
            $0.trustedHosts = ["chatgpt.com"]
        }
        #expect(client.excludedFor == nil)
        #expect(fault(client, "https://chatgpt.com/a") == nil)
        #expect(fault(client, "https://app.example.com/b") == .withdrawn("app.example.com"))
        #expect(fault(client, "https://app.example.com/c") == .unregistered)
        #expect(fault(client, nil) == nil)
    }

    @Test("F42 a client without an admitted redirect is excluded, for an https host as for an application")
    func all() throws {
        let hosted = try record(#""redirect_uris":["https://app.example.com/b"]"#) { $0.trustedHosts = [] }
        #expect(hosted.excludedFor == "app.example.com" && fault(hosted, nil) == .withdrawn("app.example.com"))
        // As it is when the profile leaves the spec.
        let cursor = try record(#""redirect_uris":["cursor://anysphere.cursor-mcp/oauth/callback"]"#) {
            $0.redirects = []
        }
        #expect(cursor.excludedFor == "cursor://anysphere.cursor-mcp")
        let pattern = try record(#""redirect_uris":["https://chatgpt.com/connector/oauth/abc"]"#) {
            $0.redirects = []
            $0.trustedHosts = []
        }
        #expect(pattern.excludedFor == "chatgpt.com")
    }

    @Test("F44 a client whose pages are on a host that was taken out is excluded, and loopback is everybody's")
    func pages() throws {
        let loopback = #""redirect_uris":["http://127.0.0.1/cb"]"#
        let named = loopback + #","client_uri":"https://github.com/x""#
        #expect(try record(named) { _ in }.excludedFor == nil)
        #expect(try record(named) { $0.clientURIHosts = [] }.excludedFor == "github.com")
        #expect(
            try record(loopback) { ($0.clientURIHosts, $0.trustedHosts, $0.redirects) = ([], [], []) }.excludedFor
                == nil)
        let strict = try record(named) { ($0.clientURIHosts, $0.enforceClientURIHosts) = ([], false) }
        #expect(strict.excludedFor == nil)
    }

    @Test("F42 an excluded client gets neither an authorization nor a token, and looks like any unknown one")
    func refused() throws {
        let client = try record(#""redirect_uris":["https://app.example.com/cb"],"token_endpoint_auth_method":"none""#)
        {
            $0.trustedHosts = []
        }
        do throws(AuthorizationRefusal) {
            _ = try AuthorizationRequest(Flow.list(), clientID: "c1", client: client, policy: Flow.policy)
            Issue.record("the request is taken")
        } catch {
            #expect(error.place == .page && error.rejection == .excludedClient(host: "app.example.com"))
            #expect(error.rejection.wire.pageStatus == 400)
        }
        let authentication = ClientAuthentication(
            methods: [.none], assertions: AssertionPolicy(issuer: "i", tokenEndpoint: "t", audience: .issuer))
        let presented = try PresentedCredentials(
            authorization: [], form: ParameterList([.init("client_id", "dyn_1")]), defaultClient: nil)
        #expect(throws: Rejection.client(.excluded(host: "app.example.com"), basic: false)) {
            try authentication.outcome(
                presented, client: client, now: 0, matches: { _, _ in true }, verifies: { _ in true })
        }
    }
}
