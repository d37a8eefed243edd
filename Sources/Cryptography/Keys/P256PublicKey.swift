import COpenSSL
import WebSyntax

/// A public key on P-256, which verifies ES256.
package struct P256PublicKey: Sendable, Hashable {
    /// 32 bytes each, big-endian.
    package let x, y: [UInt8]
    private let handle: KeyHandle

    /// Refuses numbers of another length and a point that is not on the curve.
    package init(x: [UInt8], y: [UInt8]) throws(CryptographyError) {
        guard x.count == 32, y.count == 32 else { throw .malformed("P-256 public key") }
        let parameters = KeyParameters(
            texts: [(OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1")], octets: [(OSSL_PKEY_PARAM_PUB_KEY, [4] + x + y)])
        guard
            let handle = try KeyHandle.make(
                type: "EC", selection: EVP_PKEY_PUBLIC_KEY_SELECTION, parameters: parameters)
        else { throw .malformed("P-256 public key") }
        self.x = x
        self.y = y
        self.handle = handle
    }

    /// True when the 64 bytes are an ES256 signature (RFC 7518 §3.4) of the message by this key.
    package func verify(_ signature: [UInt8], over message: [UInt8]) throws(CryptographyError) -> Bool {
        guard let der = ECDSASignature.der(raw: signature) else { return false }
        return try handle.verify(der, over: message)
    }

    /// The thumbprint of the key (RFC 7638), which makes a key id that depends on nothing else.
    package func thumbprint() throws(CryptographyError) -> String {
        let canonical =
            #"{"crv":"P-256","kty":"EC","x":"\#(Base64URL.encode(x))","y":"\#(Base64URL.encode(y))"}"#
        return Base64URL.encode(try Digest.sha256(canonical))
    }

    package static func == (left: P256PublicKey, right: P256PublicKey) -> Bool {
        left.x == right.x && left.y == right.y
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(x)
        hasher.combine(y)
    }
}
