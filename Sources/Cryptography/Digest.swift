import CCryptography
import COpenSSL

/// SHA-256 (FIPS 180-4) and HMAC-SHA256 (RFC 2104) on libcrypto.
package enum Digest {
    /// The 32 bytes of the SHA-256 of `bytes`.
    package static func sha256(_ bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var isDone = false
        let digest = [UInt8](unsafeUninitializedCapacity: 32) { output, count in
            guard let start = output.baseAddress else { return }
            isDone = bytes.withUnsafeBufferPointer { cg_sha256($0.baseAddress, $0.count, start) }
            count = isDone ? 32 : 0
        }
        guard isDone else { throw .library("hash") }
        return digest
    }

    /// The 32 bytes of the SHA-256 of the UTF-8 of `text`.
    package static func sha256(_ text: String) throws(CryptographyError) -> [UInt8] {
        try sha256(Array(text.utf8))
    }

    /// The 32 bytes of the HMAC-SHA256 of `message` under `key`.
    package static func hmacSHA256(_ message: [UInt8], key: Secret) throws(CryptographyError) -> [UInt8] {
        var isDone = false
        let code = [UInt8](unsafeUninitializedCapacity: 32) { output, count in
            isDone =
                HMAC(
                    EVP_sha256(), key.bytes, Int32(key.bytes.count), message, message.count, output.baseAddress, nil)
                != nil
            count = isDone ? 32 : 0
        }
        guard isDone else { throw .library("authenticate") }
        return code
    }

    /// True when both have the same bytes. The time depends on the lengths alone, which are no secret.
    package static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
