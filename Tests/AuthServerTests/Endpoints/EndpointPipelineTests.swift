import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("the pipeline of the endpoints")
struct EndpointPipelineTests {
    private static let tight = Rate(requests: 2, seconds: 600)

    private func bench() throws -> InProcessServer {
        try InProcessServer { config in
            config.limits.tokenRequests = Self.tight
            config.limits.authorizations = Self.tight
        }
    }

    /// All that a path can lead to.
    private static let targets =
        EndpointName.allCases.map { EndpointTable.Target.endpoint($0, alias: nil) }
        + [.clientConfiguration(id: "dyn_x")]

    private func pipeline(_ bench: InProcessServer, _ target: EndpointTable.Target) -> EndpointPipeline? {
        switch target {
        case .endpoint(let name, _): bench.dispatcher.registry.endpoints[name]
        case .clientConfiguration: bench.dispatcher.registry.clientConfiguration
        }
    }

    /// Something that the endpoint takes for an attempt to prove something, and that proves nothing.
    private func guess(_ bench: InProcessServer, _ target: EndpointTable.Target, from address: String) async -> Int {
        let fields = [("X-Real-IP", address), ("Authorization", "Bearer guess")]
        let form = [
            ("grant_type", "refresh_token"), ("refresh_token", "x"), ("token", "x"), ("client_id", "poster"),
            ("client_secret", "wrong"), ("transaction", "x"), ("form_token", "x"),
        ]
        return switch (target, pipeline(bench, target)?.proof) {
        case (_, .client), (_, .browserForm): await bench.post(target, form, [fields[0]]).status
        default: await bench.ask(target, .get, fields).status
        }
    }

    @Test(
        "Q34 every endpoint of the closed set that has callers prove something refuses an address beyond its limit",
        arguments: targets)
    func limits(_ target: EndpointTable.Target) async throws {
        let bench = try bench()
        guard let pipeline = pipeline(bench, target) else {
            // The way back from another identity provider, which this release does not have.
            #expect(target == .endpoint(.callback, alias: nil))
            return
        }
        guard pipeline.proof != nil else {
            let open: [EndpointName] = [.authorize, .register, .jwks]
            #expect(open.contains(target.name), "\(target) asks nobody for a proof")
            return
        }
        var statuses: [Int] = []
        for _ in 0..<12 { statuses.append(await guess(bench, target, from: "192.0.2.1")) }
        let refused = try #require(statuses.firstIndex(of: 429), "\(target): \(statuses)")
        #expect(refused > 0 && statuses[..<refused].allSatisfy { (400..<500).contains($0) }, "\(target): \(statuses)")
        #expect(statuses[refused...].allSatisfy { $0 == 429 }, "\(target): \(statuses)")
        #expect(await guess(bench, target, from: "192.0.2.7") == statuses[0])
    }

    /// Notes each of its steps.
    private struct Noting: Endpoint {
        let readers = EndpointReaders.programs
        let steps: Locked<[String]>
        let failing: String?
        let access: EndpointAccess<Int, Int>

        init(failing: String?) {
            let steps = Locked<[String]>([])
            self.steps = steps
            self.failing = failing
            access = .proven(by: .client, limit: .tokenRequest) { (request, _) throws(Rejection) in
                try Self.take("authenticate", steps, failing)
                return request
            }
        }

        static func take(_ step: String, _ steps: Locked<[String]>, _ failing: String?) throws(Rejection) {
            steps.withLock { $0.append(step) }
            if step == failing { throw .forgedForm }
        }

        func checkHead(_ call: EndpointCall) throws(Rejection) { try Self.take("head", steps, failing) }

        func parse(_ call: EndpointCall) throws(Rejection) -> Int {
            try Self.take("parse", steps, failing)
            return 1
        }

        func authorize(_ caller: Int, _ request: Int) throws(Rejection) {
            try Self.take("authorize", steps, failing)
        }

        func act(_ request: Int, by caller: Int, _ call: EndpointCall) throws(Rejection) -> String {
            try Self.take("act", steps, failing)
            return "done"
        }

        func respond(_ outcome: String, to call: EndpointCall) -> HTTPResponse { HTTPResponse(200, text: outcome) }
    }

    private static let order = ["head", "parse", "authenticate", "authorize", "act"]

    @Test("steps come in their order, and what one refuses reaches none after it", arguments: [nil] + order)
    func steps(failing: String?) async throws {
        let endpoint = Noting(failing: failing)
        var limits = RuntimeConfig.Limits.off
        limits.tokenRequests = Self.tight
        let pipeline = EndpointPipeline(endpoint, limits: RateLimits(limits))
        let call = EndpointCall(HTTPRequest(.post, "/", headers: [:]), now: UnixTime(seconds: 1_800_000_000))
        func ask() async -> String {
            do throws(Rejection) {
                return String(decoding: try await pipeline.answer(call).body, as: UTF8.self)
            } catch {
                return error.reason
            }
        }
        let expected = failing.flatMap { Self.order.firstIndex(of: $0) }.map { Array(Self.order[...$0]) } ?? Self.order
        for _ in 0..<2 { #expect(await ask() == (failing == nil ? "done" : "forgedForm")) }
        #expect(endpoint.steps.withLock { $0 } == expected + expected)
        // The limit comes before all of them.
        #expect(await ask() == "rateLimited")
        #expect(endpoint.steps.withLock { $0 } == expected + expected)
    }
}
