import COpenSSL

/// An ECDSA signature on P-256 in its two spellings: DER, as libcrypto has it, and r and s in 32 bytes each (RFC 7518
/// §3.4), as JWS has it.
enum ECDSASignature {
    static func raw(der: [UInt8]) -> [UInt8]? {
        defer { ERR_clear_error() }
        let parsed = der.withUnsafeBufferPointer { bytes in
            var cursor = bytes.baseAddress
            return d2i_ECDSA_SIG(nil, &cursor, der.count)
        }
        guard let parsed else { return nil }
        defer { ECDSA_SIG_free(parsed) }
        var raw = [UInt8](repeating: 0, count: 64)
        let isDone = raw.withUnsafeMutableBufferPointer { raw -> Bool in
            guard let start = raw.baseAddress else { return false }
            return BN_bn2binpad(ECDSA_SIG_get0_r(parsed), start, 32) == 32
                && BN_bn2binpad(ECDSA_SIG_get0_s(parsed), start + 32, 32) == 32
        }
        return isDone ? raw : nil
    }

    /// Nil unless there are 64 bytes.
    static func der(raw: [UInt8]) -> [UInt8]? {
        guard raw.count == 64 else { return nil }
        // A DER integer: no leading zero bytes, and one where the first bit would read as a sign.
        func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
            var digits = Array(bytes.drop { $0 == 0 })
            if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
            return [0x02, UInt8(digits.count)] + digits
        }
        let body = integer(raw[..<32]) + integer(raw[32...])
        return [0x30, UInt8(body.count)] + body
    }
}
