import Cryptography
import JSONSyntax
import OAuthProtocol
import OAuthStores

/// A signing key on its way into the store and out of it. The private half is sealed together with the id, so that a
/// sealed key cannot be put in the place of another.
enum SealedKey {
    /// A fresh key whose id is its thumbprint (RFC 7638).
    static func make(
        _ algorithm: JWSAlgorithm = .es256, activeFrom: UnixTime, now: UnixTime, seal: AEADKey
    ) throws(CryptographyError) -> SigningKey {
        var (key, privateHalf) = try generate(algorithm)
        var id = try key.thumbprint()
        // An operator could not name it on a command line, where it would be taken for an option.
        while id.utf8.first == UInt8(ascii: "-") {
            (key, privateHalf) = try generate(algorithm)
            id = try key.thumbprint()
        }
        return SigningKey(
            id: id,
            publicKey: String(decoding: JWK(key.publicHalf, id: id).json.encoded(.compact), as: UTF8.self),
            sealedPrivateKey: try seal.seal(privateHalf, context: context(id)),
            createdAt: now, activeFrom: activeFrom, algorithm: algorithm.rawValue)
    }

    /// The private key; nil when the seal is not ours or what it holds is not the key of this id. Throws when that
    /// could not be found out.
    static func open(_ stored: SigningKey, seal: AEADKey) throws(CryptographyError) -> (any JWSPrivateKey)? {
        guard let bytes = try seal.open(stored.sealedPrivateKey, context: context(stored.id)),
            let key = try privateKey(stored.algorithm, bytes)
        else { return nil }
        return try key.thumbprint() == stored.id ? key : nil
    }

    /// A fresh key, and the bytes that are sealed: a private JWK, or PEM for RSA.
    private static func generate(
        _ algorithm: JWSAlgorithm
    ) throws(CryptographyError) -> (any JWSPrivateKey, privateHalf: [UInt8]) {
        switch algorithm {
        case .es256:
            let key = try P256PrivateKey.generate()
            return (key, try key.privateJWK().encoded(.compact))
        case .rs256:
            let key = try RSAPrivateKey.generate()
            return (key, try key.pem().bytes)
        }
    }

    /// Nil for bytes that are no key of this algorithm.
    private static func privateKey(
        _ algorithm: String, _ bytes: [UInt8]
    ) throws(CryptographyError) -> (any JWSPrivateKey)? {
        do throws(CryptographyError) {
            switch JWSAlgorithm(rawValue: algorithm) {
            case .es256:
                guard let jwk = try? JSON.parse(bytes) else { return nil }
                return try P256PrivateKey(jwk: jwk)
            case .rs256: return try RSAPrivateKey(pem: Secret(bytes))
            case nil: return nil
            }
        } catch {
            if case .malformed = error { return nil }
            throw error
        }
    }

    private static func context(_ id: String) -> [UInt8] { Array("signing key \(id)".utf8) }
}
