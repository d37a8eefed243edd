import Cryptography
import HTTPClient
import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("keys of clients that sign")
struct ClientKeysTests {
    let fixture = DocumentsFixture()
    let client = ClientRecord(
        id: DocumentsFixture.id, origin: .document, redirects: [], authMethods: [.privateKeyJWT],
        keysURI: DocumentsFixture.keysID)

    private func publish(_ ids: String...) throws {
        let keys = try ids.map { JWK(.p256(try P256PrivateKey.generate().publicKey), id: $0) }
        let body = JWKSet(keys).json.encoded(.compact)
        fixture.fetcher.answer { (_) throws(HTTPClientError) in
            DocumentsFixture.answer(body, ["cache-control": "max-age=3600"])
        }
    }

    private func ids(_ keyID: String?, in documents: ClientDocuments? = nil) async throws -> [String?] {
        try await (documents ?? fixture.documents).keys(
            of: client, signedWith: keyID, asker: ClientAddress("192.0.2.1")
        ).keys.map(\.id)
    }

    @Test("keys are fetched once while they are fresh")
    func cached() async throws {
        try publish("a", "b")
        for id in ["a", "b", nil] { #expect(try await ids(id) == ["a", "b"]) }
        #expect(fixture.fetcher.questions.map(\.url) == [DocumentsFixture.keysID])
    }

    @Test("an unknown key has the set fetched anew, at most twice a minute")
    func rotated() async throws {
        try publish("a")
        #expect(try await ids("a") == ["a"])
        try publish("a", "b")
        #expect(try await ids("b") == ["a"])
        #expect(fixture.fetcher.count == 1)
        fixture.clock.pass(.seconds(30))
        #expect(try await ids("b") == ["a", "b"])
        for _ in 0..<5 { #expect(try await ids("c") == ["a", "b"]) }
        #expect(fixture.fetcher.count == 2)
    }

    @Test("G19 when the host of the keys is down the last good ones count, also after a restart")
    func down() async throws {
        try publish("a")
        _ = try await ids("a")
        try await fixture.documents.keep(client)
        fixture.goDown()
        fixture.clock.pass(.seconds(86_400))
        #expect(try await ids("a") == ["a"])
        #expect(try await ids("b") == ["a"])
        #expect(try await ids("a", in: fixture.restarted()) == ["a"])
    }

    @Test("G19 without any keys the client is asked to come again")
    func none() async throws {
        fixture.goDown(.refusedAddress)
        await #expect(throws: Rejection.unavailable(.clientDocument, retryAfter: 30)) { _ = try await ids("a") }
        var other = client
        other.keysURI = nil
        await #expect(throws: Rejection.client(.otherMethod(registered: "private_key_jwt"), basic: false)) {
            _ = try await fixture.documents.keys(of: other, signedWith: nil, asker: ClientAddress(""))
        }
    }

    @Test("a set with a private key, or that is none, is not taken")
    func invalid() async throws {
        let bad = [
            "{}", "[]", "", #"{"keys":[{"kty":"EC","crv":"P-256","d":"x"}]}"#, #"{"keys":[{"kty":"oct","k":"x"}]}"#,
        ]
        for (count, body) in bad.enumerated() {
            fixture.fetcher.answer { (_) throws(HTTPClientError) in DocumentsFixture.answer(Array(body.utf8)) }
            await #expect(throws: Rejection.self) { _ = try await ids("a") }
            #expect(fixture.fetcher.count == count + 1)
        }
        try publish("a")
        #expect(try await ids("a") == ["a"])
    }
}
