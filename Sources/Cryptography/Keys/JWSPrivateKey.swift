/// A private key that signs tokens with its one algorithm.
package protocol JWSPrivateKey: Sendable {
    var algorithm: JWSAlgorithm { get }
    /// The public half.
    var publicHalf: JWK.Key { get }

    /// The thumbprint of the public half (RFC 7638).
    func thumbprint() throws(CryptographyError) -> String
    /// The signature in the form that JWS has (RFC 7518 §3.3, §3.4).
    func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8]
}

extension P256PrivateKey: JWSPrivateKey {
    package var algorithm: JWSAlgorithm { .es256 }
    package var publicHalf: JWK.Key { .p256(publicKey) }

    package func thumbprint() throws(CryptographyError) -> String { try publicKey.thumbprint() }
}

extension RSAPrivateKey: JWSPrivateKey {
    package var algorithm: JWSAlgorithm { .rs256 }
    package var publicHalf: JWK.Key { .rsa(publicKey) }

    package func thumbprint() throws(CryptographyError) -> String { try publicKey.thumbprint() }
}
