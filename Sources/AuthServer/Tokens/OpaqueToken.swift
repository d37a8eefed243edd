import Cryptography
import OAuthProtocol

/// The random texts that this server hands out: a tag, 256 bits, and a checksum by which a mistyped or foreign text is
/// known without asking the store. Scanners for leaked secrets know them by the tag.
struct OpaqueToken: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case authorizationCode = "cgac_"
        case accessToken = "cgat_"
        case refreshToken = "cgrt_"
        case clientSecret = "cgcs_"
        case registrationToken = "cgra_"
        /// Of a pending authorization.
        case transaction = "cgtx_"
        /// Of a browser.
        case browser = "cgbr_"
    }

    let text: String

    /// A token with 32 bytes that nobody can foresee.
    init(_ kind: Kind, _ bytes: [UInt8]) throws(CryptographyError) {
        let body = kind.rawValue + Base64URL.encode(bytes)
        text = body + (try Self.checksum(body.utf8))
    }

    static func random(_ kind: Kind, from random: any RandomSource) throws(CryptographyError) -> OpaqueToken {
        try OpaqueToken(kind, random.bytes(32))
    }

    /// Takes a text that was presented; nil unless it has the form of this kind.
    init?(_ kind: Kind, presented text: String) {
        let bytes = text.utf8
        guard bytes.count == kind.rawValue.utf8.count + Self.bodyLength + Self.checksumLength,
            bytes.starts(with: kind.rawValue.utf8)
        else { return nil }
        let body = bytes.dropLast(Self.checksumLength)
        guard let checksum = try? Self.checksum(body),
            bytes.suffix(Self.checksumLength).elementsEqual(checksum.utf8)
        else { return nil }
        self.text = text
    }

    /// What the store knows it by.
    func hash() throws(CryptographyError) -> SecretHash { try SecretHash(of: text) }

    /// 32 bytes in base64url.
    private static let bodyLength = 43
    private static let checksumLength = 6

    /// The first 36 bits of the SHA-256 of what stands before.
    private static func checksum(_ body: some Collection<UInt8>) throws(CryptographyError) -> String {
        String(Base64URL.encode(Array(try Digest.sha256(Array(body)).prefix(5))).prefix(checksumLength))
    }
}

extension SecretHash {
    /// SHA-256 of the text; enough for what has 256 random bits.
    init(of text: String) throws(CryptographyError) {
        guard let hash = SecretHash(try Digest.sha256(text)) else { throw .library("hash") }
        self = hash
    }
}
