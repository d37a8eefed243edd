import Glibc
import HTTPClient
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite(
    "documents over TLS",
    .enabled(if: Tool.openssl.isAvailable && Tool.python3.isAvailable, "openssl or python3 is not installed"))
struct FetchedDocumentTests {
    private let asker = ClientAddress("192.0.2.1")

    @Test("G01 64 authorizations of a client fetch its document once, and later ask by its tag")
    func fetched() async throws {
        let server = try await TLSServer()
        var policy = HTTPClientPolicy.publicDocuments
        policy.authorities = server.authority
        policy.hosts = [.init(host: TLSServer.host, port: server.port, addresses: ["127.0.0.1"])]
        policy.addresses = policy.addresses.admitting(.v4(127, 0, 0, 1, prefix: 32))
        let client = try HTTPClient(policy: policy)
        let config = Sample.config()
        let clock = ManualClock()
        let documents = try #require(
            ClientDocuments(
                config, policy: AuthorizationPolicy(config), fetcher: client, store: MemoryOAuthStore(),
                clock: clock.clock))
        let url = try #require(ClientDocumentURL(server.url("/document")))
        try await withThrowingTaskGroup(of: ClientRecord.self) { group in
            for _ in 0..<64 { group.addTask { try await documents.client(url, for: .authorization, asker: asker) } }
            for try await record in group { #expect(record.id == url.text && record.name == "Document client") }
        }
        #expect(try await server.requested == ["/document"])
        clock.pass(.seconds(60))
        _ = try await documents.client(url, for: .authorization, asker: asker)
        #expect(try await server.requested == ["/document", "/document"])
        await client.close()
        clock.pass(.seconds(60))
        #expect(try await documents.client(url, for: .token, asker: asker).id == url.text)
    }

    @Test("G04 a document on this machine is not fetched by the policy for the public internet")
    func hidden() async throws {
        let (listener, port) = try LoopbackSocket.listen()
        defer { close(listener) }
        let client = try HTTPClient(policy: .publicDocuments)
        let config = Sample.config()
        let documents = try #require(
            ClientDocuments(
                config, policy: AuthorizationPolicy(config), fetcher: client, store: MemoryOAuthStore()))
        for host in ["127.0.0.1", "localhost", "[::1]", "2130706433"] {
            let url = try #require(ClientDocumentURL("https://\(host):\(port)/c.json"))
            await #expect(throws: Rejection.clientDocument(.unreachable)) {
                _ = try await documents.client(url, for: .authorization, asker: asker)
            }
        }
        #expect(!LoopbackSocket.hasVisitor(listener))
        await client.close()
    }
}
