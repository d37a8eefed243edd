import Cryptography
import HTTPServer
import JSONSyntax
import OAuthProtocol
import OAuthStores
import TestSupport
import Testing
import WebSyntax

@testable import AuthServer

@Suite("tokens that are not ours, or not quite")
struct TokenTrickTests {
    /// The parts of a token that is good.
    private struct Good {
        let server: InProcessServer
        let token: String
        var parts: [String] { token.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }

        init() async throws {
            server = try await InProcessServer.issuing()
            token = try await server.accessToken()
        }

        /// The token with another header; signed by our own key when `isSigned`, so that nothing but the header is
        /// wrong.
        func with(header: [UInt8], isSigned: Bool = true) throws -> String {
            let signed = Base64URL.encode(header) + "." + parts[1]
            guard isSigned, let key = server.ring.signer(at: server.now)?.key else { return signed + "." + parts[2] }
            return signed + "." + Base64URL.encode(try key.sign(Array(signed.utf8)))
        }

        func with(header: String) throws -> String { try with(header: Array(header.utf8)) }
    }

    private func refuse(_ good: Good, _ tokens: [String]) async {
        for token in tokens {
            let answer = await good.server.verification(token)
            #expect(answer.status == 401, "\(token.prefix(200))")
            #expect(answer.headers["X-MCP-Subject"] == nil)
        }
        #expect(await good.server.verify(good.token) == 200)
    }

    @Test("J02 none, symmetric and foreign algorithms are refused")
    func algorithms() async throws {
        let good = try await Good()
        let kid = try #require(TokenParts(good.token).header["kid"]?.string)
        var tokens: [String] = []
        for algorithm in ["none", "NONE", "None", "nOnE", "HS256", "HS512", "RS256", "ES384", "es256", "PS256", ""] {
            let header = #"{"alg":"\#(algorithm)","typ":"at+jwt","kid":"\#(kid)"}"#
            tokens.append(try good.with(header: header))
            tokens.append(Base64URL.encode(Array(header.utf8)) + "." + good.parts[1] + ".")
        }
        // HMAC under our public key, in the spellings that a careless server might use as a secret.
        let member = try #require(good.server.ring.members.first)
        guard case .p256(let key) = member.jwk.key else { return }
        for secret in [member.jwk.json.encoded(.compact), key.x, key.x + key.y, [4] + key.x + key.y] {
            let signed =
                Base64URL.encode(Array(#"{"alg":"HS256","typ":"at+jwt","kid":"\#(kid)"}"#.utf8)) + "." + good.parts[1]
            let code = try Digest.hmacSHA256(Array(signed.utf8), key: Secret(secret))
            tokens.append(signed + "." + Base64URL.encode(code))
        }
        await refuse(good, tokens)
    }

    @Test("J03 no header but ours counts: kid, jku, x5u, jwk, crit, b64 and the rest")
    func headers() async throws {
        let good = try await Good()
        let kid = try #require(TokenParts(good.token).header["kid"]?.string)
        let stranger = try P256PrivateKey.generate()
        let key = String(decoding: JWK(.p256(stranger.publicKey), id: kid).json.encoded(.compact), as: UTF8.self)
        var headers = [
            #"{"alg":"ES256","typ":"at+jwt"}"#, #"{"alg":"ES256","typ":"JWT","kid":"\#(kid)"}"#,
            #"{"alg":"ES256","typ":"at+jwt","kid":null}"#, #"{"alg":"ES256","typ":"at+jwt","kid":["\#(kid)"]}"#,
            #"{"typ":"at+jwt","alg":"ES256","kid":"\#(kid)"}"#, #"{"alg":"ES256","typ":"AT+JWT","kid":"\#(kid)"}"#,
            #"{"alg":"ES256","typ":"at+jwt","kid":"\#(kid)","kid":"\#(kid)"}"#,
            #"{"alg":"ES256","typ":"at+jwt","kid":"\#(kid)"} "#, "{}", "", "null",
        ]
        for extra in [
            #""jku":"https://evil.example/jwks""#, #""x5u":"https://evil.example/c""#, #""jwk":\#(key)"#,
            #""x5c":["MIIB"]"#, #""crit":["exp"]"#, #""crit":[]"#, #""b64":false"#, #""b64":false,"crit":["b64"]"#,
            #""zip":"DEF""#, #""cty":"JWT""#,
        ] { headers.append(#"{"alg":"ES256","typ":"at+jwt","kid":"\#(kid)",\#(extra)}"#) }
        let ids = [
            "unknown", "../../dev/null", "/dev/null", "x' OR '1'='1", "x' UNION SELECT 'k'; --", "",
            String(repeating: "k", count: 10_240), String(kid.reversed()), kid + "\u{0}", kid.uppercased(),
        ]
        headers += ids.map { #"{"alg":"ES256","typ":"at+jwt","kid":\#(quoted($0))}"# }
        await refuse(good, try headers.map { try good.with(header: $0) })
    }

    @Test("H06 J02 J06 claims that we never issued are unknown, though our own key signed them")
    func claims() async throws {
        let good = try await Good()
        let members = try #require(TokenParts(good.token).claims.members)
        func claims(_ name: String, _ value: JSON?) -> JSON {
            .object(members.filter { $0.name != name } + (value.map { [JSONMember(name, $0)] } ?? []))
        }
        let resource = GrantFixture.resource
        let values: [(String, JSON?)] = [
            ("aud", nil), ("aud", ""), ("aud", []), ("aud", .string(resource + "/sub")),
            ("aud", .string(String(resource.dropLast()))), ("aud", .string(resource.uppercased())),
            ("aud", [.string(resource)]), ("aud", [.string(resource), "https://evil.example"]), ("aud", .null),
            ("sub", "admin"), ("scope", "mcp.tools mcp.admin"), ("exp", 4_000_000_000), ("exp", nil), ("exp", "x"),
            ("nbf", 4_000_000_000), ("iss", "https://evil.example"), ("jti", nil), ("client_id", "other"),
        ]
        await refuse(good, try values.map { try good.server.sign(claims($0.0, $0.1)) })
        // The same claims again are another signature, so another token.
        await refuse(good, [try good.server.sign(.object(members))])
    }

    @Test("J09 every other spelling of a good token is another token")
    func spellings() async throws {
        let good = try await Good()
        let token = good.token
        let parts = good.parts
        let payload = try #require(Base64URL.decode(parts[1]))
        let twice = String(decoding: payload.dropLast(), as: UTF8.self) + #","sub":"admin"}"#
        var tokens = [
            try good.server.sign(.null), parts[0] + "." + Base64URL.encode(Array(twice.utf8)) + "." + parts[2],
            parts[0] + "." + parts[1], parts[0] + "." + parts[1] + ".", token + ".", token + ".x",
            token + "." + parts[1] + "." + parts[2], "." + token, parts[0] + ".." + parts[2],
            parts[0] + "=." + parts[1] + "." + parts[2], token + "=", token + "==", token + "A", token + "%00",
            token.uppercased(), parts[0] + "." + parts[2] + "." + parts[1], "...", "..", ".", token + "-", token + "_",
            "cgat_" + token, token.replacing("-", with: "+").replacing("_", with: "/") + "==",
        ]
        // Each last byte of the signature that decodes to the same bytes when one is careless, and each changed byte.
        for byte in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        where byte != token.last { tokens.append(String(token.dropLast()) + String(byte)) }
        var random = SeededGenerator(seed: 9)
        let bytes = Array(token.utf8)
        for _ in 0..<300 {
            var changed = bytes
            let place = Int.random(in: 0..<changed.count, using: &random)
            changed[place] = changed[place] == 0x41 ? 0x42 : 0x41
            tokens.append(String(decoding: changed, as: UTF8.self))
        }
        await refuse(good, tokens)
    }

    @Test("H05 what is no access token for this resource is refused here, whoever made it")
    func otherTokens() async throws {
        let good = try await Good()
        let server = good.server
        let answer = try await server.grant(scope: "openid mcp.tools")
        let other = try await server.grant(scope: "other.tools", resource: "https://mcp.example.com/other")
        let stranger = try P256PrivateKey.generate()
        let foreign = try JWS.sign(
            TokenParts(good.token).claims, type: "at+jwt", keyID: stranger.publicKey.thumbprint(), with: stranger)
        let mallory = try await InProcessServer.issuing(issuer: "https://login.example.com")
        var tokens = [foreign, try await server.code(), try await mallory.accessToken()]
        tokens += [answer["id_token"], answer["refresh_token"], other["access_token"]].compactMap { $0?.string }
        #expect(tokens.count == 6)
        await refuse(good, tokens)
        #expect(
            await server.verify(other["access_token"]?.string ?? "", resource: "https://mcp.example.com/other") == 200)
    }

    @Test("a header that looks like ours makes the server look into the store at most once a second")
    func searches() async throws {
        let store = SwitchableStore()
        let server = try await InProcessServer.issuing(store: store)
        let before = store.readings.withLock { $0 }
        for _ in 0..<200 {
            let stranger = try P256PrivateKey.generate()
            let token = try JWS.sign(
                ["iss": "x"], type: "at+jwt", keyID: stranger.publicKey.thumbprint(), with: stranger)
            #expect(await server.verify(token) == 401)
        }
        #expect(store.readings.withLock { $0 } - before <= 1)
    }

    private func quoted(_ text: String) -> String {
        String(decoding: JSON.string(text).encoded(.compact), as: UTF8.self)
    }
}
