/// SHA-256 (FIPS 180-4 §6.2) of bytes that are no secret: the lock file's fingerprints and `ETag`s.
///
/// The compiler needs libyaml alone, so it brings its own digest; where security hangs on a hash, the
/// server uses libcrypto.
package struct SHA256: Sendable {
    private var state = SHA256State()
    /// Bytes that do not fill a block yet; fewer than 64.
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    package init() {}

    /// Takes further bytes in; `update(a)` and `update(b)` are `update(a + b)`.
    package mutating func update(_ bytes: [UInt8]) {
        update(bytes.span)
    }

    /// Takes further bytes in.
    package mutating func update(_ bytes: Span<UInt8>) {
        length &+= UInt64(bytes.count)
        var index = 0
        if !pending.isEmpty {
            while index < bytes.count, pending.count < 64 {
                pending.append(bytes[index])
                index += 1
            }
            guard pending.count == 64 else { return }
            let block = pending
            pending = []
            state.compress(block.span, at: 0)
        }
        let whole = index + (bytes.count - index) / 64 * 64
        if index < whole, state.compressByProcessor(bytes.extracting(index..<whole)) { index = whole }
        while index < whole {
            state.compress(bytes, at: index)
            index += 64
        }
        while index < bytes.count {
            pending.append(bytes[index])
            index += 1
        }
    }

    /// The 32 bytes of the digest of all that was taken in.
    package consuming func finalize() -> [UInt8] {
        let bits = length &* 8
        var tail: [UInt8] = [0x80]
        let zeros = (119 - pending.count) % 64
        tail.append(contentsOf: repeatElement(0, count: zeros))
        for shift in stride(from: 56, through: 0, by: -8) {
            tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        update(tail)
        return state.bytes
    }

    /// The 32 bytes of the digest.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var digest = SHA256()
        digest.update(bytes)
        return digest.finalize()
    }

    /// The digest as 64 lower-case hexadecimal digits.
    package static func hex(_ bytes: [UInt8]) -> String {
        hex(of: hash(bytes))
    }

    /// Bytes as lower-case hexadecimal digits, two each.
    package static func hex(of digest: [UInt8]) -> String {
        func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }
        return String(decoding: digest.flatMap { [digit($0 >> 4), digit($0 & 0xF)] }, as: UTF8.self)
    }
}
