import HTTPClient
import HTTPServer
import JSONSyntax
import OAuthModel
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("a login provider is asked before somebody signs in")
struct LoginCheckTests {
    private func check(_ bench: UpstreamBench) async throws(StartFailure) -> String {
        try await LoginCheck.run(
            bench.server.services.config, clients: IssuerClients(configured: bench.provider, elsewhere: bench.provider))
    }

    private func failure(_ bench: UpstreamBench) async throws -> StartFailure {
        try await #require(throws: StartFailure.self) { try await check(bench) }
    }

    @Test("one that refuses the code knows the client, and the callback is said")
    func good() async throws {
        let bench = try await UpstreamBench()
        bench.script.withLock { ($0.tokenStatus, $0.tokenBody) = (400, ["error": "invalid_grant"]) }
        let text = try await check(bench)
        #expect(text.contains("client \(UpstreamBench.clientID): the provider knows it"))
        #expect(text.contains(UpstreamBench.callback))
        #expect(bench.provider.forms.count == 1)
    }

    @Test(
        "one that refuses the client, publishes another issuer, has no keys or takes any code is a mistake in the spec")
    func mistakes() async throws {
        let cases: [(@Sendable (inout UpstreamBench.Script) -> Void, String)] = [
            ({ ($0.tokenStatus, $0.tokenBody) = (401, ["error": "invalid_client"]) }, "client_secret"),
            ({ $0.document[0] = ("issuer", "https://login.example.com/tenant") }, "byte for byte"),
            ({ $0.keys = [] }, "publish the key"), ({ _ in }, "never made"),
        ]
        for (change, text) in cases {
            // A new one each time: what was published before counts for a while.
            let bench = try await UpstreamBench()
            bench.script.withLock { change(&$0) }
            let found = try await failure(bench)
            #expect(found.status == .invalid && found.text.contains(text), "\(found.text)")
        }
    }

    @Test("one that is away is trouble of the surroundings, and what says nothing is said to")
    func away() async throws {
        let bench = try await UpstreamBench()
        bench.script.withLock { $0.tokenFailure = .timeout }
        #expect(try await failure(bench).status == .environment)
        bench.script.withLock { ($0.tokenFailure, $0.tokenStatus, $0.tokenBody) = (nil, 503, [:]) }
        #expect(try await failure(bench).status == .environment)
        bench.script.withLock { ($0.tokenStatus, $0.tokenBody) = (400, ["error": "invalid_request"]) }
        #expect(try await check(bench).contains("does not say whether it knows it"))
    }

    @Test("where nobody signs in at a provider there is none to ask")
    func otherMode() async throws {
        let config = try InProcessServer().services.config
        let found = await #expect(throws: StartFailure.self) { try await LoginCheck.run(config) }
        #expect(found?.status == .invalid)
    }
}
