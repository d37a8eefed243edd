import TestSupport
import Testing

@testable import HTTPClient

@Suite("fetches from the machine itself, without TLS")
struct PlainLoopbackTests {
    private let server: EchoUpstream

    init() throws {
        server = try EchoUpstream(name: "issuer")
    }

    @Test("an issuer on loopback is fetched from and posted to, where the policy has that")
    func fetched() async throws {
        let client = try HTTPClient(policy: .configuredIssuer)
        let got = try await client.get("http://127.0.0.1:\(server.port)/keys")
        #expect(got.status == 200)
        let posted = try await client.post(
            "http://localhost:\(server.port)/introspect", form: "token=a%2Bb",
            headers: [("Authorization", "Basic eA==")])
        #expect(posted.status == 200)
        let requests = server.takeRequests()
        #expect(requests.map(\.startLine) == ["GET /keys HTTP/1.1", "POST /introspect HTTP/1.1"])
        #expect(requests.last?.text == "token=a%2Bb")
        #expect(requests.last?.values("content-type") == ["application/x-www-form-urlencoded"])
        #expect(requests.last?.values("authorization") == ["Basic eA=="])
        await client.close()
    }

    @Test("no other policy has it, and no other address")
    func refused() async throws {
        for policy in [HTTPClientPolicy.publicDocuments, .configuredUpstream] {
            let client = try HTTPClient(policy: policy)
            await #expect(throws: HTTPClientError.malformedRequest) {
                try await client.get("http://127.0.0.1:\(server.port)/keys")
            }
            await client.close()
        }
        var policy = HTTPClientPolicy.configuredIssuer
        policy.hosts = [.init(host: "plain.example", port: server.port, addresses: ["127.0.0.1", "192.0.2.1"])]
        let client = try HTTPClient(policy: policy)
        for host in ["plain.example", "192.0.2.1", "[2001:db8::1]"] {
            await #expect(throws: HTTPClientError.refusedAddress, "\(host)") {
                try await client.get("http://\(host):\(server.port)/keys")
            }
        }
        #expect(server.takeRequests().isEmpty)
        await client.close()
    }
}
