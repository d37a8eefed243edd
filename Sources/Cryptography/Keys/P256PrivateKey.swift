import COpenSSL
package import JSONSyntax
import WebSyntax

/// A private key on P-256, which signs with ES256.
package struct P256PrivateKey: Sendable, CustomStringConvertible {
    private let handle: KeyHandle
    package let publicKey: P256PublicKey

    private init(_ handle: KeyHandle) throws(CryptographyError) {
        guard handle.text(OSSL_PKEY_PARAM_GROUP_NAME) == "prime256v1",
            let x = handle.number(OSSL_PKEY_PARAM_EC_PUB_X, length: 32),
            let y = handle.number(OSSL_PKEY_PARAM_EC_PUB_Y, length: 32),
            handle.number(OSSL_PKEY_PARAM_PRIV_KEY, length: 32) != nil
        else { throw .malformed("P-256 private key") }
        self.handle = handle
        publicKey = try P256PublicKey(x: x, y: y)
    }

    /// A fresh key from libcrypto's own generator.
    package static func generate() throws(CryptographyError) -> P256PrivateKey {
        guard let handle = KeyHandle.generateP256() else { throw .library("generate a key") }
        return try P256PrivateKey(handle)
    }

    /// Reads PEM, PKCS #8 or SEC 1, unencrypted.
    package init(pem: Secret) throws(CryptographyError) {
        guard let handle = KeyHandle.privatePEM(pem.bytes) else { throw .malformed("private key in PEM") }
        try self.init(handle)
    }

    /// Reads a private JWK (RFC 7518 §6.2.2). The public half must belong to the private one.
    package init(jwk: JSON) throws(CryptographyError) {
        guard jwk["kty"]?.string == "EC", jwk["crv"]?.string == "P-256",
            let x = JWK.number(jwk, "x", length: 32), let y = JWK.number(jwk, "y", length: 32),
            let d = JWK.number(jwk, "d", length: 32)
        else { throw .malformed("private JWK") }
        let parameters = KeyParameters(
            texts: [(OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1")],
            octets: [(OSSL_PKEY_PARAM_PUB_KEY, [4] + x + y)], numbers: [(OSSL_PKEY_PARAM_PRIV_KEY, d)])
        guard
            let handle = try KeyHandle.make(
                type: "EC", selection: EVP_PKEY_KEYPAIR_SELECTION, parameters: parameters)
        else { throw .malformed("private JWK") }
        try self.init(handle)
        // libcrypto takes halves of two keys; a signature shows them.
        let probe = Array("halves".utf8)
        guard try publicKey.verify(sign(probe), over: probe) else { throw .malformed("private JWK") }
    }

    /// PKCS #8 in PEM, unencrypted.
    package func pem() throws(CryptographyError) -> Secret {
        guard let pem = handle.privatePEM() else { throw .library("write a key") }
        return Secret(pem)
    }

    /// The private JWK; what it returns must be handled like a secret.
    package func privateJWK() throws(CryptographyError) -> JSON {
        guard let d = handle.number(OSSL_PKEY_PARAM_PRIV_KEY, length: 32) else { throw .library("write a key") }
        return [
            "kty": "EC", "crv": "P-256", "x": .string(Base64URL.encode(publicKey.x)),
            "y": .string(Base64URL.encode(publicKey.y)), "d": .string(Base64URL.encode(d)),
        ]
    }

    /// The 64 bytes of the ES256 signature (RFC 7518 §3.4).
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let der = handle.sign(message), let raw = ECDSASignature.raw(der: der) else { throw .library("sign") }
        return raw
    }

    package var description: String { "(private key)" }
}
