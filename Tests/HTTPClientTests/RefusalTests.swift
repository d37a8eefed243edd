import Foundation
import HTTPClient
import TestSupport
import Testing

@Suite(
    "what a public document may not do",
    .enabled(if: Tool.openssl.isAvailable && Tool.python3.isAvailable, "openssl or python3 is not installed"))
struct RefusalTests {
    let server: TLSServer

    init() async throws {
        server = try await TLSServer()
    }

    private func failure(
        _ path: String, _ change: (inout HTTPClientPolicy) -> Void = { _ in }
    ) async throws -> HTTPClientError? {
        var policy = server.policy()
        change(&policy)
        let client = try HTTPClient(policy: policy)
        let failure = await client.failure(server.url(path))
        await client.close()
        return failure
    }

    /// Fails unless the one connection that the server saw is that of the last fetch, which is allowed.
    private func expectNoConnection() async throws {
        #expect(try await failure("/ok") == nil)
        #expect(try await server.accepted == ["127.0.0.1"])
    }

    @Test("G04 a name that leads to an address that is not public is not connected to")
    func addresses() async throws {
        let hidden = [
            "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
            "0.0.0.0", "::1", "::", "fc00::1", "fd12::1", "fe80::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
            "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:1::1", "224.0.0.1", "255.255.255.255",
        ]
        for address in hidden {
            let client = try HTTPClient(policy: server.policy(at: [address], admitting: []))
            #expect(await client.failure(server.url("/ok")) == .refusedAddress, "\(address)")
            await client.close()
        }
        try await expectNoConnection()
    }

    @Test("G05 other spellings of an address do not hide it")
    func spellings() async throws {
        let hosts = [
            "0177.0.0.1", "0x7f000001", "0x7f.0.0.1", "2130706433", "127.1", "127.0.1", "017700000001", "127.0.0.1",
            "0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]",
            "[64:ff9b::127.0.0.1]", "localhost",
        ]
        let client = try HTTPClient(policy: server.policy(admitting: []))
        for host in hosts {
            #expect(await client.failure(server.url("/ok", host: host)) == .refusedAddress, "\(host)")
        }
        await client.close()
        try await expectNoConnection()
    }

    @Test("G04 one refused address among several refuses the host, whatever comes first")
    func mixed() async throws {
        let sets = [
            ["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"], ["127.0.0.1", "10.0.0.1"], ["127.0.0.1", "::1"],
            ["::1", "127.0.0.1"], ["127.0.0.1", "127.0.0.1", "127.0.0.1", "192.168.1.1"],
        ]
        for addresses in sets {
            let client = try HTTPClient(policy: server.policy(at: addresses))
            #expect(await client.failure(server.url("/ok")) == .refusedAddress, "\(addresses)")
            await client.close()
        }
        try await expectNoConnection()
    }

    @Test("G07 a redirect is refused and not followed")
    func redirect() async throws {
        let statuses = [301, 302, 303, 307, 308, 300, 399]
        for status in statuses {
            #expect(try await failure("/redirect/\(status)") == .redirect(status: status))
        }
        #expect(try await server.requested == statuses.map { "/redirect/\($0)" })
    }

    @Test("G08 nothing beyond 5 KiB is taken, announced or not")
    func large() async throws {
        for path in ["/body/5121", "/announced/5121", "/announced/999999999999", "/unframed/5121", "/endless"] {
            #expect(try await failure(path) == .tooLarge, "\(path)")
        }
    }

    @Test("G08 of a body that is longer than announced the announced part counts")
    func lying() async throws {
        let client = try HTTPClient(policy: server.policy())
        #expect(try await client.get(server.url("/lying")).body.count == 10)
        #expect(try await client.get(server.url("/body/5120")).body.count == 5120)
        #expect(try await client.get(server.url("/unframed/5120")).body.count == 5120)
        #expect(await client.failure(server.url("/short")) == .unreachable)
        await client.close()
    }

    @Test("G08 nothing is decompressed: a coded body stays as it is, a coded transfer is refused")
    func compressed() async throws {
        let client = try HTTPClient(policy: server.policy())
        let answer = try await client.get(server.url("/gzip"))
        #expect(answer.body.count <= 5120 && answer.body.starts(with: [0x1F, 0x8B]))
        #expect(answer["content-encoding"] == "gzip")
        for coding in ["gzip", "deflate", "br", "zstd", "gzip, gzip"] {
            #expect(
                await client.failure(server.url("/coded/\(coding.replacing(", ", with: ","))")) == .malformedResponse)
        }
        await client.close()
    }

    @Test("a head beyond its limit ends the fetch")
    func head() async throws {
        #expect(try await failure("/head/10") == nil)
        #expect(try await failure("/head/17") == .tooLarge)
        #expect(try await failure("/head/90") == .tooLarge)
    }

    @Test("a server that drips, or says nothing, is given up in time", arguments: ["/drip", "/silent"])
    func slow(path: String) async throws {
        let start = ContinuousClock.now
        #expect(try await failure(path) { $0.totalTimeout = .milliseconds(400) } == .timeout)
        let spent = ContinuousClock.now - start
        #expect(spent >= .milliseconds(350) && spent < .seconds(4), "\(spent)")
    }

    @Test("certificates of another name, another authority, or none are refused")
    func certificates() async throws {
        let other = try HTTPClient(
            policy: {
                var policy = server.policy()
                policy.hosts = [.init(host: "other.example", port: server.port, addresses: ["127.0.0.1"])]
                return policy
            }())
        #expect(await other.failure(server.url("/ok", host: "other.example")) == .tls)
        await other.close()
        #expect(try await failure("/ok") { $0.authorities = nil } == .tls)
        #expect(try await server.requested.isEmpty)
        let (listener, port) = try LoopbackSocket.listen()
        defer { close(listener) }
        async let plain: Void = onThread {
            let connection = accept(listener, nil, nil)
            try LoopbackSocket.write(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), to: connection)
            close(connection)
        }
        let client = try HTTPClient(policy: server.policy())
        #expect(await client.failure("https://127.0.0.1:\(port)/") == .tls)
        await client.close()
        try await plain
    }

    @Test("what is no HTTP, or ends too early, is an error", arguments: ["/garbage", "/reset", "/short"])
    func broken(path: String) async throws {
        let found = try await failure(path)
        #expect(found == .unreachable || found == .malformedResponse)
    }

    @Test("only well-formed https URLs are fetched")
    func urls() async throws {
        let urls = [
            "http://document.example/", "HTTPS://document.example/", "ftp://document.example/", "file:///etc/passwd",
            "https://user@document.example/", "https://user:password@document.example/", "https://", "",
            "https://document.example/\u{0}", "https://document.example/a b", "https://document.example/\r\nX: y",
            "https://d\u{F6}cument.example/", "https://document.example:99999/", "gopher://document.example/",
        ]
        let client = try HTTPClient(policy: server.policy())
        for url in urls { #expect(await client.failure(url) == .malformedRequest, "\(url)") }
        await client.close()
        #expect(try await server.accepted.isEmpty)
    }

    @Test("a header field cannot become two")
    func fields() async throws {
        let client = try HTTPClient(policy: server.policy())
        for value in ["a\r\nb: c", "a\u{0}", "", "\u{E9}"] {
            #expect(await client.failure(server.url("/ok"), headers: [("X", value)]) == .malformedRequest)
        }
        await client.close()
    }

    @Test("K18 a proxy of the environment is not used")
    func proxy() async throws {
        let proxy = try EchoUpstream(name: "proxy")
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy"]
        for name in names { setenv(name, "http://127.0.0.1:\(proxy.port)", 1) }
        defer { for name in names { unsetenv(name) } }
        #expect(try await failure("/ok") == nil)
        #expect(try await server.accepted == ["127.0.0.1"])
        #expect(proxy.takeRequests().isEmpty)
        proxy.stop()
    }
}
