import Cryptography
import Foundation
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

extension RuntimeConfig {
    /// What the compiler writes where `openid` is on.
    mutating func signIDTokens() { openID = true }
}

@Suite("keys of ID tokens")
struct IdentityKeyTests {
    private static let idToken = JWSPolicy(types: .oneOf(["jwt"]), algorithms: [.rs256])

    @Test("J30 the RSA key signs ID tokens alone, is published beside the other, and each rotates by itself")
    func apart() async throws {
        let store = MemoryOAuthStore()
        let server = try await InProcessServer.issuing(store: store) { $0.signIDTokens() }
        #expect(server.ring.members.map(\.jwk.algorithm) == [.es256, .rs256])
        let first = try #require(server.ring.signer(at: server.now, .rs256)?.id)
        func tokens() async throws -> (access: String, identity: String) {
            let answer = try await server.grant(scope: "openid mcp.tools")
            return (try #require(answer["access_token"]?.string), try #require(answer["id_token"]?.string))
        }
        let before = try await tokens()
        #expect(try TokenParts(before.access).header["alg"] == "ES256")
        #expect(try TokenParts(before.identity).header["alg"] == "RS256")
        let set = try JWKSet(parsing: server.ring.document.body)
        #expect(try JWS.verify(before.identity, keys: set, policy: Self.idToken).header.keyID == first)
        // An ID token is no access token.
        #expect(await server.verify(before.access) == 200)
        #expect(await server.verify(before.identity) == 401)

        let second = try #require(try await server.services.signing.rotate(.rs256, now: server.now))
        #expect(try await server.services.signing.rotate(.rs256, now: server.now) == nil)
        #expect(server.ring.members.map(\.jwk.algorithm) == [.es256, .rs256, .rs256])
        #expect(try TokenParts(try await tokens().identity).header["kid"]?.string == first)
        server.pass(.seconds(400))
        #expect(try TokenParts(try await tokens().identity).header["kid"]?.string == second)
        // A key that was revoked gives way to the next one, and takes no access token with it.
        #expect(try await server.services.signing.revoke(second, now: server.now))
        let after = try await tokens()
        let kid = try TokenParts(after.identity).header["kid"]?.string
        #expect(kid != second && server.ring.members.contains { $0.stored.id == kid })
        #expect(await server.verify(before.access) == 200)
    }

    @Test("J30 a deployment without openid makes no RSA key, and one that gets openid makes it beside what it has")
    func later() async throws {
        let store = MemoryOAuthStore()
        let plain = try await InProcessServer.issuing(store: store)
        #expect(plain.ring.members.map(\.jwk.algorithm) == [.es256])
        let openID = try await InProcessServer.issuing(store: store) { $0.signIDTokens() }
        #expect(openID.ring.members.map(\.jwk.algorithm) == [.es256, .rs256])
        let access = try await openID.accessToken()
        #expect(await plain.verify(access) == 200)
        let again = try await InProcessServer.issuing(store: store) { $0.signIDTokens() }
        #expect(again.ring.members.map(\.stored.id) == openID.ring.members.map(\.stored.id))
    }

    @Test("J30 a sealed RSA key is opened by its own seal and in its own place alone, and its secret stands nowhere")
    func sealed() throws {
        let now = ManualClock.start
        let seal = try ServerKeys(master: InProcessServer.master, issuer: Sample.issuer).signing
        let other = try ServerKeys(master: InProcessServer.master, issuer: "https://other.example.com/mcp").signing
        let stored = try SealedKey.make(.rs256, activeFrom: now, now: now, seal: seal)
        #expect(stored.algorithm == "RS256" && stored.publicKey.contains(#""alg":"RS256""#))
        #expect(try JWK.parse(JSON.parse(Array(stored.publicKey.utf8))) != nil)
        #expect(try SealedKey.open(stored, seal: seal) is RSAPrivateKey)
        #expect(try SealedKey.open(stored, seal: other) == nil)
        #expect(!String(decoding: stored.sealedPrivateKey, as: UTF8.self).contains("PRIVATE KEY"))
        let swapped = SigningKey(
            id: stored.id, publicKey: stored.publicKey, sealedPrivateKey: stored.sealedPrivateKey, createdAt: now,
            activeFrom: now, algorithm: "ES256")
        #expect(try SealedKey.open(swapped, seal: seal) == nil)
    }
}
