import Cryptography
import OAuthModel
import OAuthProtocol
import Testing
import WebSyntax

@testable import AuthServer

@Suite("the texts that are handed out, and what the store knows them by")
struct OpaqueTokenTests {
    let secret = [UInt8](1...32)

    @Test("a text of each kind is read back as what it is, and as no other kind", arguments: OpaqueToken.Kind.allCases)
    func forms(kind: OpaqueToken.Kind) throws {
        let token = OpaqueToken(kind, madeAt: ManualClock.start, secret: secret)
        for other in OpaqueToken.Kind.allCases {
            #expect(OpaqueToken(other, presented: token.text) == (other == kind ? token : nil))
        }
        #expect(try token.hash().madeAt == ManualClock.start)
    }

    @Test("the same secret at two moments is two texts, of which the store sees that the secret is one")
    func moments() throws {
        let first = OpaqueToken(.refreshToken, madeAt: ManualClock.start, secret: secret)
        let second = OpaqueToken(.refreshToken, madeAt: ManualClock.start + .seconds(1), secret: secret)
        let other = OpaqueToken(.refreshToken, madeAt: ManualClock.start, secret: secret.reversed())
        let access = OpaqueToken(.accessToken, madeAt: ManualClock.start, secret: secret)
        #expect(first.text != second.text)
        #expect(try first.hash() != second.hash())
        #expect(try first.hash().isOfSameSecret(as: second.hash()))
        #expect(try !first.hash().isOfSameSecret(as: other.hash()))
        #expect(try !first.hash().isOfSameSecret(as: access.hash()))
    }

    @Test("a text with one character changed is none of ours, wherever it was")
    func changes() throws {
        let text = OpaqueToken(.accessToken, madeAt: ManualClock.start, secret: secret).text
        for index in text.indices {
            let changed = text.replacingCharacters(at: index, with: text[index] == "A" ? "B" : "A")
            #expect(OpaqueToken(.accessToken, presented: changed) == nil)
            #expect(try TokenHash(ofAccessToken: changed) == nil)
        }
    }

    @Test("a moment that is none makes the text none of ours, though its checksum is right")
    func garbledMoment() throws {
        let text = OpaqueToken(.accessToken, madeAt: ManualClock.start, secret: secret).text
        let body = String(text.prefix(5 + 43)) + "!!!!!!!!"
        let checksum = Base64URL.encode(Array(try Digest.sha256(Array(body.utf8)).prefix(5))).prefix(6)
        #expect(OpaqueToken(.accessToken, presented: body + checksum) == nil)
        #expect(try TokenHash(ofAccessToken: body + checksum) == nil)
    }

    @Test("tokens made later come later in the store, opaque or signed", arguments: TokenFormat.allCases)
    func order(format: TokenFormat) async throws {
        let server = try await InProcessServer.issuing(format: format)
        var hashes: [TokenHash] = []
        for _ in 0..<5 {
            hashes.append(try #require(try TokenHash(ofAccessToken: await server.accessToken())))
            #expect(hashes.last?.madeAt == server.now)
            server.pass(.milliseconds(1))
        }
        for (earlier, later) in zip(hashes, hashes.dropFirst()) {
            #expect(earlier.bytes.lexicographicallyPrecedes(later.bytes))
        }
    }

    @Test("a signed token of somebody else tells no moment")
    func foreign() {
        let claims = [
            #"{"iss":"x","jti":"AAAAAAAAAAAAAAAA"}"#, #"{"jti":"AAAA"}"#, #"{"jti":7777777777777}"#, "", "{}",
        ]
        for claim in claims {
            #expect(SignedToken.madeAt("e30." + Base64URL.encode(Array(claim.utf8)) + ".e30") == nil)
        }
        for text in ["", ".", "..", "...", "e30.*************************.e30"] {
            #expect(SignedToken.madeAt(text) == nil)
        }
    }
}

extension String {
    fileprivate func replacingCharacters(at index: Index, with character: Character) -> String {
        String(self[..<index]) + String(character) + String(self[self.index(after: index)...])
    }
}
