import ContentDigest
import Cryptography
import OAuthProtocol
import WebSyntax

/// The random texts that this server hands out: a tag, 256 bits, the moment it was made, and a checksum by which a
/// mistyped or foreign text is known without asking the store. Scanners for leaked secrets know them by the tag.
struct OpaqueToken: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case authorizationCode = "cgac_"
        case accessToken = "cgat_"
        case refreshToken = "cgrt_"
        case clientSecret = "cgcs_"
        case registrationToken = "cgra_"
        /// Of a pending authorization.
        case transaction = "cgtx_"
        /// Of a login at a provider: the `state` that goes there.
        case loginState = "cgls_"
        /// Of a browser.
        case browser = "cgbr_"
    }

    let text: String
    /// To the millisecond.
    let madeAt: UnixTime

    /// A token with 32 bytes that nobody can foresee.
    init(_ kind: Kind, madeAt timestamp: UnixTime, secret: [UInt8]) {
        let body = kind.rawValue + Base64URL.encode(secret) + Base64URL.encode(TokenHash.bytes(of: timestamp))
        text = body + Self.checksum(body.utf8)
        madeAt = timestamp
    }

    static func random(
        _ kind: Kind, madeAt timestamp: UnixTime, from random: any RandomSource
    ) throws(CryptographyError) -> OpaqueToken {
        OpaqueToken(kind, madeAt: timestamp, secret: try random.bytes(32))
    }

    /// Takes a text that was presented; nil unless it has the form of this kind.
    init?(_ kind: Kind, presented text: String) {
        let bytes = text.utf8
        guard bytes.count == Self.secretEnd + Self.timestampLength + Self.checksumLength,
            bytes.starts(with: kind.rawValue.utf8)
        else { return nil }
        let body = bytes.dropLast(Self.checksumLength)
        guard bytes.suffix(Self.checksumLength).elementsEqual(Self.checksum(body).utf8),
            let timestamp = UnixTime(encoded: body.suffix(Self.timestampLength))
        else { return nil }
        self.text = text
        madeAt = timestamp
    }

    /// What the store knows it by, if it is a code or a token that is looked up.
    func hash() throws(CryptographyError) -> TokenHash {
        let digest = try Digest.sha256(Array(text.utf8.prefix(Self.secretEnd)))
        guard let hash = TokenHash(madeAt: madeAt, digest: digest) else { throw .library("hash") }
        return hash
    }

    /// A tag of five characters, and 32 bytes in base64url.
    private static let secretEnd = 5 + 43
    /// Six bytes in base64url.
    static let timestampLength = 8
    private static let checksumLength = 6

    /// The first 36 bits of the SHA-256 of what stands before, by the digest that cannot fail: otherwise a machine
    /// without memory would take a good token for a foreign text.
    private static func checksum(_ body: some Collection<UInt8>) -> String {
        String(Base64URL.encode(Array(SHA256.hash(Array(body)).prefix(5))).prefix(checksumLength))
    }
}

extension TokenHash {
    /// Of an access token as a client has it, opaque or signed; nil for a text that cannot be one of ours.
    init?(ofAccessToken text: String) throws(CryptographyError) {
        if let token = OpaqueToken(.accessToken, presented: text) {
            self = try token.hash()
        } else if let timestamp = SignedToken.madeAt(text) {
            self.init(madeAt: timestamp, digest: try Digest.sha256(text))
        } else {
            return nil
        }
    }
}

extension UnixTime {
    /// From the base64url of its six bytes.
    init?(encoded text: some Collection<UInt8>) {
        guard let bytes = Base64URL.decode(text), bytes.count == TokenHash.timestampLength else { return nil }
        self = TokenHash.timestamp(of: bytes)
    }
}

extension SecretHash {
    /// SHA-256 of the text; enough for what has 256 random bits.
    init(of text: String) throws(CryptographyError) {
        guard let hash = SecretHash(try Digest.sha256(text)) else { throw .library("hash") }
        self = hash
    }
}
