import Cryptography
import JSONSyntax
import OAuthProtocol
import WebSyntax

/// The claims of the tokens that we sign.
enum SignedToken {
    static let idTokenType = "JWT"

    /// RFC 9068 §2.2. The audience is one string, so that nobody can take a token for one of several places.
    static func accessClaims(
        of subject: TokenSubject, scopes: [String], issuer: String, id: String, issuedAt: UnixTime, expiresAt: UnixTime
    ) -> JSON {
        let members: [JSONMember?] = [
            JSONMember("jti", .string(id)), JSONMember("iss", .string(issuer)),
            JSONMember("sub", .string(subject.subject)), JSONMember("aud", .string(subject.resource)),
            JSONMember("client_id", .string(subject.clientID)), Scopes.member(scopes),
            JSONMember("iat", .int(Int(issuedAt.seconds))), JSONMember("exp", .int(Int(expiresAt.seconds))),
        ]
        return .object(members.compactMap(\.self))
    }

    /// A `jti` that nobody has: the moment, by which the store finds the token, and ten random bytes.
    static func id(madeAt timestamp: UnixTime, random: [UInt8]) -> String {
        Base64URL.encode(TokenHash.bytes(of: timestamp) + random.prefix(10))
    }

    /// When an access token of ours was made: its `jti`, which comes first, says it. Nil for any other text. Nothing is
    /// believed of it: the store knows a token by all of its bytes.
    static func madeAt(_ token: String) -> UnixTime? {
        guard let header = header(of: token) else { return nil }
        let claims = token.utf8[header.endIndex...].dropFirst()
        // 24 characters are 18 bytes: the eight before the value, and eight of the value.
        guard let start = Base64URL.decode(claims.prefix(24)), start.starts(with: firstMember) else { return nil }
        return UnixTime(encoded: start.dropFirst(firstMember.count).prefix(OpaqueToken.timestampLength))
    }

    private static let firstMember = Array(#"{"jti":""#.utf8)

    /// OpenID Connect Core §2, §3.1.3.6. The audience is the client.
    static func idClaims(
        of subject: TokenSubject, issuer: String, details: CodeDetails?, accessToken: String, issuedAt: UnixTime,
        expiresAt: UnixTime
    ) throws(CryptographyError) -> JSON {
        let half = Array(try Digest.sha256(accessToken).prefix(16))
        let members: [JSONMember?] = [
            JSONMember("iss", .string(issuer)), JSONMember("sub", .string(subject.subject)),
            JSONMember("aud", .string(subject.clientID)), JSONMember("iat", .int(Int(issuedAt.seconds))),
            JSONMember("exp", .int(Int(expiresAt.seconds))),
            details.map { JSONMember("auth_time", .int(Int($0.authenticatedAt.seconds))) },
            details?.nonce.map { JSONMember("nonce", .string($0)) },
            JSONMember("at_hash", .string(Base64URL.encode(half))),
        ]
        return .object(members.compactMap(\.self))
    }

    /// The header of a text in three parts that is no longer than a token of ours; nil for any other.
    static func header(of token: String) -> Substring? {
        guard token.utf8.count <= JWSPolicy.accessToken.maximumLength else { return nil }
        let parts = token.utf8.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        return Substring(parts[0])
    }
}
