import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("legacy aliases near their sunset")
struct LegacyAliasTests {
    private static let path = "/api/connector/oauth/token"
    private static let alias = RuntimeConfig.Alias(
        path: path, endpoint: .token, sunset: right("2027-03-31"), defaultClient: nil)

    /// Noon of a day of 2027, in UTC.
    private static func noon(_ month: Int, _ day: Int) -> UnixTime {
        let days = [1: 0, 2: 31, 3: 59, 4: 90][month] ?? 0
        return UnixTime(seconds: 1_798_761_600 + Int64(days + day - 1) * 86_400 + 43_200)
    }

    @Test("the operator is told thirty days before the end and after it, and the log who still comes")
    func notices() async throws {
        let bench = try InProcessServer()
        let watch = AliasWatch(bench.services.config)
        func answer(at time: UnixTime) async -> (status: Int, reason: String?) {
            bench.time.pass(time - bench.time.now)
            let response = await bench.dispatcher.answer(
                HTTPRequest(.post, Self.path, headers: [:]), at: .endpoint(.token, alias: Self.alias))
            return (response.status, response.reason)
        }
        #expect(watch.notices(at: Self.noon(3, 1)) == [])
        #expect(await answer(at: Self.noon(3, 1)).status == 415)
        let ending = watch.notices(at: Self.noon(3, 2))
        #expect(
            ending == [
                "the legacy alias \(Self.path) ends on 2027-03-31: lead its clients to "
                    + "https://mcp.example.com/mcp/token before, or give it a later sunset"
            ])
        #expect(watch.notices(at: Self.noon(3, 31)) == ending)
        #expect(await answer(at: Self.noon(3, 31)).status == 415)
        #expect(
            watch.notices(at: Self.noon(4, 1)) == [
                "the legacy alias \(Self.path) ended on 2027-03-31 and answers 410: take it out of the spec"
            ])
        #expect(await answer(at: Self.noon(4, 1)).status == 410)
    }

    @Test("an answer by an alias that ends soon says so in the log")
    func reason() async throws {
        let bench = try InProcessServer()
        bench.time.pass(Self.noon(3, 20) - bench.time.now)
        let tokens = try await bench.grants.tokens(for: "cid_mcp")
        let form = FormCoding.encoded([
            ("grant_type", "refresh_token"), ("refresh_token", tokens.refresh), ("client_id", "cid_mcp"),
        ])
        let request = HTTPRequest(
            .post, Self.path, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(form.utf8))
        let response = await bench.dispatcher.answer(request, at: .endpoint(.token, alias: Self.alias))
        #expect(response.status == 200 && response.reason == "alias ends 2027-03-31")
    }

    @Test("a notice is told once, however often it is looked")
    func once() async throws {
        let watch = AliasWatch(try InProcessServer().services.config)
        let told = Locked<[String]>([])
        let looks = Locked(0)
        let task = Task {
            let clock = Clock {
                looks.withLock { $0 += 1 }
                return Self.noon(3, 20)
            }
            await watch.run(every: .milliseconds(1), clock: clock) { text in told.withLock { $0.append(text) } }
        }
        while looks.withLock({ $0 }) < 5 { await Task.yield() }
        task.cancel()
        await task.value
        #expect(told.withLock { $0.count } == 1)
    }
}
