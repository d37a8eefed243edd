import Cryptography
import JSONSyntax
import OAuthProtocol
import OAuthStores

/// A signing key on its way into the store and out of it. The private half is sealed together with the id, so that a
/// sealed key cannot be put in the place of another.
enum SealedKey {
    /// A fresh key whose id is its thumbprint (RFC 7638).
    static func make(
        activeFrom: UnixTime, now: UnixTime, seal: AEADKey
    ) throws(CryptographyError) -> SigningKey {
        var key = try P256PrivateKey.generate()
        var id = try key.publicKey.thumbprint()
        // An operator could not name it on a command line, where it would be taken for an option.
        while id.utf8.first == UInt8(ascii: "-") {
            key = try P256PrivateKey.generate()
            id = try key.publicKey.thumbprint()
        }
        return SigningKey(
            id: id,
            publicKey: String(decoding: JWK(.p256(key.publicKey), id: id).json.encoded(.compact), as: UTF8.self),
            sealedPrivateKey: try seal.seal(key.privateJWK().encoded(.compact), context: context(id)),
            createdAt: now, activeFrom: activeFrom)
    }

    /// The private key; nil when the seal is not ours or what it holds is not the key of this id. Throws when that could
    /// not be found out.
    static func open(_ stored: SigningKey, seal: AEADKey) throws(CryptographyError) -> P256PrivateKey? {
        guard let bytes = try seal.open(stored.sealedPrivateKey, context: context(stored.id)),
            let jwk = try? JSON.parse(bytes)
        else { return nil }
        let key: P256PrivateKey
        do throws(CryptographyError) {
            key = try P256PrivateKey(jwk: jwk)
        } catch {
            if case .malformed = error { return nil }
            throw error
        }
        return try key.publicKey.thumbprint() == stored.id ? key : nil
    }

    private static func context(_ id: String) -> [UInt8] { Array("signing key \(id)".utf8) }
}
