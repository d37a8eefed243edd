import COpenSSL

/// A private RSA key of 2,048 bits, which signs with RS256: relying parties of OpenID Connect may know nothing else
/// (OpenID Connect Discovery §3).
package struct RSAPrivateKey: Sendable, CustomStringConvertible {
    private static let bits = 2_048

    private let handle: KeyHandle
    package let publicKey: RSAPublicKey

    private init(_ handle: KeyHandle) throws(CryptographyError) {
        guard handle.bits == Self.bits, let modulus = handle.number(OSSL_PKEY_PARAM_RSA_N, length: Self.bits / 8),
            // 65,537, as libcrypto chooses it.
            let exponent = handle.number(OSSL_PKEY_PARAM_RSA_E, length: 3)
        else { throw .malformed("RSA private key") }
        self.handle = handle
        publicKey = try RSAPublicKey(modulus: modulus, exponent: exponent)
    }

    /// A fresh key from libcrypto's own generator; takes a tenth of a second, now and then several.
    package static func generate() throws(CryptographyError) -> RSAPrivateKey {
        guard let handle = KeyHandle.generateRSA(bits: bits) else { throw .library("generate a key") }
        return try RSAPrivateKey(handle)
    }

    /// Reads an unencrypted key in PEM, as ``pem()`` writes it.
    package init(pem: Secret) throws(CryptographyError) {
        guard let handle = KeyHandle.privatePEM(pem.bytes) else { throw .malformed("private key in PEM") }
        try self.init(handle)
        // Nothing else tells a public half from a private one here.
        let probe = Array("halves".utf8)
        guard try publicKey.verify(try sign(probe), over: probe) else { throw .malformed("RSA private key") }
    }

    /// PKCS #8 in PEM, unencrypted.
    package func pem() throws(CryptographyError) -> Secret {
        guard let pem = handle.privatePEM() else { throw .library("write a key") }
        return Secret(pem)
    }

    /// The RS256 signature (RFC 7518 §3.3), as long as the modulus.
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let signature = handle.sign(message) else { throw .library("sign") }
        return signature
    }

    package var description: String { "(private key)" }
}
