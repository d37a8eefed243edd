import HTTPServer
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("F limits of registration")
struct RegistrationLimitTests {
    private static let body = #"{"redirect_uris":["https://chatgpt.com/cb"]}"#

    private func bench(registrations: Int = 3, unused: Int = 0) throws -> InProcessServer {
        try InProcessServer { config in
            config.limits.registrations = Rate(requests: registrations, seconds: 600)
            config.limits.unusedClients = unused
        }
    }

    @Test("F20 an address that has registered enough waits, and another one does not")
    func address() async throws {
        let bench = try bench()
        for _ in 0..<3 { #expect(await bench.register(Self.body).status == 201) }
        for _ in 0..<100 {
            let reply = await bench.register(Self.body)
            #expect(reply.outcome == "429 temporarily_unavailable")
            #expect(reply.headers["Retry-After"] == "200")
        }
        #expect(await bench.register(Self.body, from: "192.0.2.2").status == 201)
        bench.time.pass(.seconds(199))
        #expect(await bench.register(Self.body).headers["Retry-After"] == "1")
        bench.time.pass(.seconds(1))
        #expect(await bench.register(Self.body).status == 201)
        #expect(await bench.register(Self.body).status == 429)
        bench.time.pass(.seconds(600))
        for _ in 0..<3 { #expect(await bench.register(Self.body).status == 201) }
        #expect(await bench.register(Self.body).status == 429)
    }

    @Test("F20 all addresses of one /64 count as one, and so do both spellings of an IPv4 address")
    func network() async throws {
        let bench = try bench()
        for address in ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:0db8:0000:0001:1:2:3:4"] {
            #expect(await bench.register(Self.body, from: address).status == 201)
        }
        #expect(await bench.register(Self.body, from: "2001:db8:0:1::5").status == 429)
        #expect(await bench.register(Self.body, from: "2001:db8:0:2::1").status == 201)
        for address in ["198.51.100.7", "::ffff:198.51.100.7", "198.51.100.7"] {
            #expect(await bench.register(Self.body, from: address).status == 201)
        }
        #expect(await bench.register(Self.body, from: "::ffff:198.51.100.7").status == 429)
    }

    @Test("F20 a body that is refused counts nothing")
    func refused() async throws {
        let bench = try bench()
        for _ in 0..<10 { #expect(await bench.register("{}").status == 400) }
        #expect(await bench.register(Self.body).status == 201)
    }

    @Test("F20 a clock that is set back locks nobody out for longer than the span")
    func clock() async throws {
        let bench = try bench()
        for _ in 0..<3 { #expect(await bench.register(Self.body).status == 201) }
        bench.time.pass(.seconds(-3_600))
        #expect(await bench.register(Self.body).status == 429)
        bench.time.pass(.seconds(200))
        #expect(await bench.register(Self.body).status == 201)
    }

    @Test("F20 identical registrations from everywhere do not grow the store beyond its limit")
    func cap() async throws {
        let bench = try bench(unused: 5)
        var admitted = 0
        for number in 0..<40 {
            let reply = await bench.register(Self.body, from: "203.0.113.\(number)")
            if reply.status == 201 { admitted += 1 } else { #expect(reply.status == 429) }
            if reply.status == 429 { #expect(reply.headers["Retry-After"] == "600") }
        }
        #expect(admitted == 5)
        let full = try await bench.services.store.register(
            StoredClient(id: "dyn_x", metadata: "{}", createdAt: bench.time.now), unusedLimit: 5)
        #expect(full == .full)
    }

    @Test("F21 clients that never had a token go after a day, and make room; one that had lives on")
    func collection() async throws {
        let bench = try bench(registrations: 0, unused: 3)
        let first = await bench.register(Self.body)
        let id = try #require(first["client_id"])
        _ = try await bench.grants.tokens(for: id)
        var unused: [String] = []
        for _ in 0..<3 { unused.append(try #require(await bench.register(Self.body)["client_id"])) }
        #expect(await bench.register(Self.body).status == 429)
        bench.time.pass(.seconds(86_401))
        _ = try await bench.services.store.collectGarbage(now: bench.time.now, policy: GarbagePolicy())
        for id in unused { #expect(try await bench.services.clients.client(id, for: .token, from: "") == nil) }
        #expect(try await bench.services.clients.client(id, for: .token, from: "") != nil)
        #expect(await bench.register(Self.body).status == 201)
    }

    @Test("F20 the limit of the token endpoint refuses before anything is consumed")
    func tokens() async throws {
        let bench = try InProcessServer { $0.limits.tokenRequests = Rate(requests: 2, seconds: 60) }
        let code = try await bench.grants.code(for: "cid_mcp")
        let form = [
            ("grant_type", "authorization_code"), ("client_id", "cid_mcp"), ("code", code),
            ("code_verifier", GrantFixture.verifier),
        ]
        for _ in 0..<2 { _ = await bench.post(bench.token, [("grant_type", "authorization_code")]) }
        let limited = await bench.post(bench.token, form)
        #expect(limited.outcome == "429 temporarily_unavailable")
        #expect(limited.headers["Retry-After"] == "30")
        bench.time.pass(.seconds(30))
        #expect(await bench.post(bench.token, form).status == 200)
    }

    @Test("Q34 a body is looked at only within the limit, and what is malformed counts")
    func order() async throws {
        let bench = try InProcessServer { $0.limits.tokenRequests = Rate(requests: 2, seconds: 600) }
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        let costly = String(repeating: "&", count: 65_000)
        for _ in 0..<2 { #expect(await bench.ask(bench.token, .post, form, costly).status == 400) }
        #expect(await bench.ask(bench.token, .post, form, costly).status == 429)
        let json = [("Content-Type", "application/json")]
        for _ in 0..<2 { #expect(await bench.ask(bench.registration, .post, json, costly).status == 400) }
        #expect(await bench.ask(bench.registration, .post, json, costly).status == 429)
    }
}
