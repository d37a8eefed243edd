import COpenSSL
import WebSyntax

/// A public RSA key, which verifies RS256.
package struct RSAPublicKey: Sendable, Hashable {
    /// Big-endian, without leading zero bytes.
    package let modulus, exponent: [UInt8]
    private let handle: KeyHandle

    /// Refuses a modulus under 2,048 bits (RFC 7518 §3.3) or over 8,192, and an exponent that is even or not between
    /// 2^16 and 2^64 (FIPS 186-5 §A.1.1 allows no smaller one).
    package init(modulus: [UInt8], exponent: [UInt8]) throws(CryptographyError) {
        guard let first = modulus.first, first != 0, modulus.last.map({ $0 & 1 == 1 }) == true,
            exponent.first.map({ $0 != 0 }) == true, exponent.last.map({ $0 & 1 == 1 }) == true
        else { throw .malformed("RSA public key") }
        guard modulus.count <= 1024, exponent.count >= 3, exponent.count <= 8 else {
            throw .refused("an RSA key of this size is not accepted")
        }
        let parameters = KeyParameters(numbers: [(OSSL_PKEY_PARAM_RSA_N, modulus), (OSSL_PKEY_PARAM_RSA_E, exponent)])
        guard
            let handle = try KeyHandle.make(
                type: "RSA", selection: EVP_PKEY_PUBLIC_KEY_SELECTION, parameters: parameters)
        else { throw .malformed("RSA public key") }
        guard handle.bits >= 2048 else { throw .refused("an RSA key under 2,048 bits is not accepted") }
        self.modulus = modulus
        self.exponent = exponent
        self.handle = handle
    }

    /// True when the bytes are an RS256 signature (RFC 7518 §3.3) of the message by this key, as long as its modulus.
    package func verify(_ signature: [UInt8], over message: [UInt8]) throws(CryptographyError) -> Bool {
        guard signature.count == modulus.count else { return false }
        return try handle.verify(signature, over: message)
    }

    /// The thumbprint of the key (RFC 7638), which makes a key id that depends on nothing else.
    package func thumbprint() throws(CryptographyError) -> String {
        let canonical = #"{"e":"\#(Base64URL.encode(exponent))","kty":"RSA","n":"\#(Base64URL.encode(modulus))"}"#
        return Base64URL.encode(try Digest.sha256(canonical))
    }

    package static func == (left: RSAPublicKey, right: RSAPublicKey) -> Bool {
        left.modulus == right.modulus && left.exponent == right.exponent
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(modulus)
        hasher.combine(exponent)
    }
}
