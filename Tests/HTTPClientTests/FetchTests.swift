import Foundation
import TestSupport
import Testing

@testable import HTTPClient

@Suite(
    "fetches over TLS",
    .enabled(if: Tool.openssl.isAvailable && Tool.python3.isAvailable, "openssl or python3 is not installed"))
struct FetchTests {
    let server: TLSServer

    init() async throws {
        server = try await TLSServer()
    }

    @Test("an answer has its status, its fields and its body")
    func answer() async throws {
        let client = try HTTPClient(policy: server.policy())
        let answer = try await client.get(server.url("/ok"))
        #expect(answer.status == 200)
        #expect(answer.body == Array(#"{"ok":true}"#.utf8))
        #expect(answer["etag"] == "\"one\"")
        #expect(answer["cache-control"] == "max-age=60, public")
        #expect(answer["age"] == nil)
        for status in [201, 304, 400, 404, 500, 503] {
            #expect(try await client.get(server.url("/status/\(status)")).status == status)
        }
        #expect(try await client.get(server.url("/interim"))["etag"] == nil)
        await client.close()
    }

    @Test("the request says who asks and what for, and nothing else")
    func request() async throws {
        let client = try HTTPClient(policy: server.policy())
        let path = "/echo/a/../b/%2e?q=1"
        let answer = try await client.get(server.url(path), headers: [("Accept", "application/json")])
        let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\r\n")
        #expect(
            lines == [
                "GET \(path) HTTP/1.1", "Host: \(TLSServer.host):\(server.port)", "User-Agent: connectorgen-auth",
                "Accept: application/json",
            ])
        await client.close()
    }

    @Test("connections are used again")
    func reuse() async throws {
        let client = try HTTPClient(policy: server.policy())
        for _ in 0..<5 { _ = try await client.get(server.url("/ok")) }
        #expect(try await server.accepted.count == 1)
        #expect(try await server.requested.count == 5)
        await client.close()
    }

    @Test("K11 what must not be sent twice goes over a connection of its own")
    func once() async throws {
        let client = try HTTPClient(policy: server.policy())
        _ = try await client.post(server.url("/ok"), form: "a=1")
        _ = try await client.post(server.url("/ok"), form: "a=2", once: true)
        #expect(try await server.accepted.count == 2)
        await client.close()
    }

    @Test("G06 a connection that stands is judged again before it is used")
    func judgedAgain() async throws {
        let client = try HTTPClient(policy: server.policy())
        _ = try await client.get(server.url("/ok"))
        // The name now leads elsewhere, where this request may go; the connection that stands does not lead there.
        let elsewhere = server.policy(at: ["127.0.0.2"], admitting: [.v4(127, 0, 0, 2, prefix: 32)])
        let request = FetchRequest(server.url("/second"), headers: [], elsewhere)
        await #expect(throws: HTTPClientError.refusedAddress) { _ = try await client.perform(request) }
        #expect(try await server.requested == ["/ok"])
        await client.close()
    }

    @Test("G06 a name that leads elsewhere the second time is not followed there")
    func rebinding() async throws {
        let client = try HTTPClient(policy: server.policy())
        _ = try await client.get(server.url("/ok"))
        let elsewhere = server.policy(at: ["127.0.0.2"])
        let request = FetchRequest(server.url("/second"), headers: [], elsewhere)
        await #expect(throws: HTTPClientError.refusedAddress) { _ = try await client.perform(request) }
        #expect(try await server.accepted == ["127.0.0.1"])
        await client.close()
    }

    @Test("G06 each address is judged when a socket is made for it, whatever was seen before")
    func judgedAtTheSocket() throws {
        let here = IPAddress([127, 0, 0, 1])
        let progress = Progress(server.policy())
        #expect(!progress.admits(here) && progress.hasAddress && progress.failure == nil)
        progress.phase = .fetch
        #expect(progress.admits(here))
        #expect(!progress.admits(IPAddress([10, 0, 0, 1])))
        #expect(progress.failure == .refusedAddress)
        #expect(!Progress(server.policy()).admits(nil))
    }

    @Test("16 fetches at once, of fast and slow answers, each get their own")
    func parallel() async throws {
        let client = try HTTPClient(policy: server.policy())
        await withTaskGroup(of: Void.self) { group in
            for number in 1...16 {
                group.addTask { [server] in
                    for round in 1...8 {
                        let size = number * 100 + round
                        let answer = try? await client.get(server.url("/body/\(size)"))
                        #expect(answer?.body.count == size)
                    }
                }
            }
        }
        #expect(try await server.requested.count == 128)
        #expect(try await server.accepted.count <= 16)
        await client.close()
    }

    @Test("one slow host does not hold up others")
    func independent() async throws {
        let client = try HTTPClient(policy: server.policy())
        async let first = client.failure(server.url("/silent", host: "127.0.0.1"))
        async let second = client.failure(server.url("/silent", host: "127.0.0.1"))
        try await wait { server.requestsSeen == 2 }
        #expect(try await client.get(server.url("/ok")).status == 200)
        await client.close()
        #expect(await [first, second] == [.closed, .closed])
    }

    @Test("closing ends what is on its way and refuses what comes later")
    func close() async throws {
        let client = try HTTPClient(policy: server.policy())
        await withTaskGroup(of: HTTPClientError?.self) { group in
            for _ in 0..<12 { group.addTask { [server] in await client.failure(server.url("/silent")) } }
            group.addTask { [server] in
                do { try await wait { server.requestsSeen > 0 } } catch { Issue.record(error) }
                await client.close()
                return .closed
            }
            for await failure in group { #expect(failure == .closed) }
        }
        #expect(await client.failure(server.url("/ok")) == .closed)
        await client.close()
    }

    @Test("a client that is let go of lets go of its thread and its callers")
    func released() async throws {
        weak var gone: HTTPClient?
        do {
            let client = try HTTPClient(policy: server.policy())
            gone = client
            #expect(try await client.get(server.url("/ok")).status == 200)
        }
        #expect(gone == nil)
    }

    @Test("a cancelled task gives up at once, before and while it waits")
    func cancelled() async throws {
        let client = try HTTPClient(policy: server.policy())
        let waiting = Task { [server] in await client.failure(server.url("/silent")) }
        try await wait { server.requestsSeen == 1 }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        let early = Task { [server] in
            // Entered with the cancellation already there.
            while !Task.isCancelled { await Task.yield() }
            return await client.failure(server.url("/silent"))
        }
        early.cancel()
        #expect(await early.value == .cancelled)
        #expect(try await client.get(server.url("/ok")).status == 200)
        await client.close()
    }

    @Test("more fetches at once than the policy allows are refused")
    func overloaded() async throws {
        var policy = server.policy()
        policy.mostFetches = 2
        let client = try HTTPClient(policy: policy)
        async let first = client.failure(server.url("/silent"))
        async let second = client.failure(server.url("/silent"))
        try await wait { server.requestsSeen == 2 }
        #expect(await client.failure(server.url("/ok")) == .overloaded)
        await client.close()
        #expect(await [first, second] == [.closed, .closed])
    }

    @Test("a limit for one call stands in for the policy's")
    func limit() async throws {
        let client = try HTTPClient(policy: server.policy())
        #expect(try await client.get(server.url("/body/9000"), longestBody: 16_384).body.count == 9000)
        #expect(await client.failure(server.url("/body/9000")) == .tooLarge)
        await client.close()
    }

    @Test("a client of a configured upstream goes wherever it was told")
    func upstream() async throws {
        var policy = HTTPClientPolicy.configuredUpstream
        policy.authorities = server.authority
        let client = try HTTPClient(policy: policy)
        #expect(try await client.get(server.url("/body/100000", host: "127.0.0.1")).body.count == 100_000)
        await client.close()
    }

    @Test("a port where nobody listens is unreachable")
    func unreachable() async throws {
        let port = try LoopbackSocket.freePort()
        let client = try HTTPClient(policy: server.policy())
        #expect(await client.failure("https://127.0.0.1:\(port)/") == .unreachable)
        await client.close()
    }
}

/// Waits until something is so, at most 10 seconds.
private func wait(until condition: @escaping @Sendable () -> Bool) async throws {
    try await onThread {
        let limit = Date(timeIntervalSinceNow: 10)
        while !condition() {
            guard Date() < limit else { throw ChildProcess.Failure(description: "waited in vain") }
            usleep(2_000)
        }
    }
}
