import Cryptography
import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import TestSupport
import Testing
import WebSyntax

@testable import AuthServer

@Suite("tokens that are signed")
struct SignedTokenTests {
    private static let details = CodeDetails(nonce: "n-0S6_WzA2Mj", authenticatedAt: ManualClock.start)
        .storedText

    @Test("J01 an access token has the header and the claims of RFC 9068, and a key of the set")
    func accessToken() async throws {
        let server = try await InProcessServer.issuing()
        let answer = try await server.grant()
        let token = try #require(answer["access_token"]?.string)
        let parts = try TokenParts(token)
        #expect(parts.header["typ"] == "at+jwt" && parts.header["alg"] == "ES256")
        let now = Int(server.now.seconds)
        #expect(parts.claims["iss"]?.string == Sample.issuer)
        #expect(parts.claims["aud"]?.string == GrantFixture.resource)
        #expect(parts.claims["sub"] == "user-1" && parts.claims["client_id"] == "cid_mcp")
        #expect(parts.claims["scope"] == "mcp.tools")
        #expect(parts.claims["iat"] == .int(now) && parts.claims["exp"] == .int(now + 3_600))
        #expect(answer["expires_in"] == 3_600)
        #expect((parts.claims["jti"]?.string?.utf8.count ?? 0) == 22)
        let other = try TokenParts(try await server.accessToken())
        #expect(other.claims["jti"] != parts.claims["jti"])
        let set = JWKSet(server.ring.members.map(\.jwk))
        let claims = try JWS.verify(token, keys: set, policy: .accessToken).claims()
        try ClaimsPolicy(issuer: Sample.issuer, audience: .exactlyOne(of: [GrantFixture.resource])).check(
            claims, now: now)
        #expect(answer["id_token"] == nil)
    }

    @Test(
        "it is good until the second of its exp, and dead at once when it is revoked", arguments: TokenFormat.allCases)
    func life(format: TokenFormat) async throws {
        let server = try await InProcessServer.issuing(format: format)
        let token = try await server.accessToken()
        #expect(await server.verify(token) == 200)
        #expect(await server.verification(token).headers["X-MCP-Subject"] == "user-1")
        server.pass(.milliseconds(3_599_999))
        #expect(await server.verify(token) == 200)
        server.pass(.milliseconds(1))
        #expect(await server.verify(token) == 401)
        let next = try await server.accessToken()
        #expect(await server.verify(next) == 200)
        let hash = try #require(try TokenHash(ofAccessToken: next))
        _ = try await server.store.revoke(TokenRevocation(hash, clientID: "cid_mcp"), now: server.now)
        #expect(await server.verify(next) == 401)
    }

    @Test("a token made within a second does not outlive its exp, and says no more seconds than it has")
    func fractions() async throws {
        let server = try await InProcessServer.issuing(at: ManualClock.start + .milliseconds(900))
        let answer = try await server.grant()
        let token = try #require(answer["access_token"]?.string)
        #expect(answer["expires_in"] == 3_599)
        server.pass(.milliseconds(3_599_099))
        #expect(await server.verify(token) == 200)
        server.pass(.milliseconds(1))
        #expect(await server.verify(token) == 401)
    }

    @Test("refreshing gives a signed token too, and a config that changes the format takes nothing back")
    func formats() async throws {
        let store = MemoryOAuthStore()
        let signing = try await InProcessServer.issuing(store: store)
        let first = try await signing.grant()
        let refreshed = try await signing.ask(
            "grant_type=refresh_token&client_id=cid_mcp&refresh_token=\(first["refresh_token"]?.string ?? "")")
        let token = try #require(refreshed["access_token"]?.string)
        #expect(try TokenParts(token).header["typ"] == "at+jwt")
        let plain = try await InProcessServer.issuing(store: store, format: .opaque)
        let opaque = try await plain.accessToken()
        #expect(opaque.hasPrefix("cgat_"))
        for server in [signing, plain] {
            #expect(await server.verify(token) == 200)
            #expect(await server.verify(opaque) == 200)
        }
    }

    @Test("D31 an ID token comes with openid alone, and says nonce, login and which token it belongs to")
    func idToken() async throws {
        for format in TokenFormat.allCases {
            let server = try await InProcessServer.issuing(format: format)
            #expect(try await server.grant(details: Self.details)["id_token"] == nil)
            let answer = try await server.grant(scope: "openid mcp.tools", details: Self.details)
            let token = try #require(answer["id_token"]?.string)
            let parts = try TokenParts(token)
            let access = try #require(answer["access_token"]?.string)
            let hash = Base64URL.encode(Array(try Digest.sha256(access).prefix(16)))
            #expect(parts.claims["iss"]?.string == Sample.issuer && parts.claims["aud"] == "cid_mcp")
            #expect(parts.claims["nonce"] == "n-0S6_WzA2Mj" && parts.claims["sub"] == "user-1")
            #expect(parts.claims["auth_time"] == .int(Int(ManualClock.start.seconds)))
            #expect(parts.claims["at_hash"]?.string == hash)
            #expect(parts.header["typ"] == "JWT")
            let facts = try await server.services.tokens.verifier.facts(of: access, now: server.now)
            #expect(facts?.subject == parts.claims["sub"]?.string)
            // Without what only a browser can have brought.
            let bare = try await server.grant(scope: "openid")
            let claims = try TokenParts(bare["id_token"]?.string).claims
            #expect(claims["nonce"] == nil && claims["auth_time"] == nil && claims["at_hash"] != nil)
        }
    }

    @Test("what a code remembers is read as it was written, whatever the client chose as a nonce")
    func details() throws {
        for nonce in [nil, "", "n", "\"\\\u{0}\u{1F600}", String(repeating: "x", count: 2_000)] {
            let details = CodeDetails(nonce: nonce, authenticatedAt: ManualClock.start)
            #expect(CodeDetails(stored: details.storedText) == details)
        }
        for text in ["", "{}", "[]", #"{"auth_time":"1"}"#, #"{"auth_time":-1}"#, #"{"auth_time":1e300}"#] {
            #expect(CodeDetails(stored: text) == nil)
        }
    }
}
