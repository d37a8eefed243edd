import CSHA256

/// The eight chaining words, and the function that mixes one block of 64 bytes into them.
struct SHA256State: Sendable {
    /// The first 32 bits of the fractional parts of the square roots of the first eight primes (§5.3.3).
    private var words: InlineArray<8, UInt32> = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// The words, most significant byte first.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for index in words.indices {
            for shift: UInt32 in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: words[index] >> shift)) }
        }
        return bytes
    }

    /// Whole blocks by the processor's instructions for SHA-256; false, and nothing done, where it has none.
    mutating func compressByProcessor(_ blocks: Span<UInt8>) -> Bool {
        // Sound: both pointers are used within the call alone, for eight words and for whole blocks.
        blocks.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return false }
            return withUnsafeMutableBytes(of: &words) { raw in
                guard let words = raw.assumingMemoryBound(to: UInt32.self).baseAddress else { return false }
                return connectorgen_sha256_blocks(words, start, bytes.count / 64) == 1
            }
        }
    }

    /// One block of §6.2.2. The message schedule is a window of 16 words that slides along the 64 rounds;
    /// eight rounds stand in one loop body so that the working variables change names instead of moving.
    mutating func compress(_ block: Span<UInt8>, at offset: Int) {
        var window = InlineArray<16, UInt32>(repeating: 0)
        for index in 0..<16 {
            let start = offset &+ 4 &* index
            window[index] =
                UInt32(block[start]) << 24 | UInt32(block[start &+ 1]) << 16 | UInt32(block[start &+ 2]) << 8
                | UInt32(block[start &+ 3])
        }
        var a = words[0]
        var b = words[1]
        var c = words[2]
        var d = words[3]
        var e = words[4]
        var f = words[5]
        var g = words[6]
        var h = words[7]
        var round = 0
        while round < 64 {
            Self.mix(a, b, c, &d, e, f, g, &h, Self.input(&window, round))
            Self.mix(h, a, b, &c, d, e, f, &g, Self.input(&window, round &+ 1))
            Self.mix(g, h, a, &b, c, d, e, &f, Self.input(&window, round &+ 2))
            Self.mix(f, g, h, &a, b, c, d, &e, Self.input(&window, round &+ 3))
            Self.mix(e, f, g, &h, a, b, c, &d, Self.input(&window, round &+ 4))
            Self.mix(d, e, f, &g, h, a, b, &c, Self.input(&window, round &+ 5))
            Self.mix(c, d, e, &f, g, h, a, &b, Self.input(&window, round &+ 6))
            Self.mix(b, c, d, &e, f, g, h, &a, Self.input(&window, round &+ 7))
            round &+= 8
        }
        words[0] &+= a
        words[1] &+= b
        words[2] &+= c
        words[3] &+= d
        words[4] &+= e
        words[5] &+= f
        words[6] &+= g
        words[7] &+= h
    }

    /// One round: `d` and `h` are the two working variables that change.
    @inline(__always)
    private static func mix(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
        _ h: inout UInt32, _ input: UInt32
    ) {
        let choice = g ^ (e & (f ^ g))
        let majority = (a & b) | (c & (a | b))
        let first = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ choice &+ input
        d = d &+ first
        h = first &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ majority
    }

    /// The round constant plus the word of the message schedule, which replaces the word of 16 rounds before.
    @inline(__always)
    private static func input(_ window: inout InlineArray<16, UInt32>, _ round: Int) -> UInt32 {
        if round >= 16 {
            let old = window[(round &+ 1) & 15]
            let new = window[(round &+ 14) & 15]
            let small = rotate(old, 7) ^ rotate(old, 18) ^ old >> 3
            let large = rotate(new, 17) ^ rotate(new, 19) ^ new >> 10
            window[round & 15] = window[round & 15] &+ small &+ window[(round &+ 9) & 15] &+ large
        }
        return window[round & 15] &+ constants[round]
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word &>> count | word &<< (32 &- count)
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (§4.2.2).
    private static let constants: InlineArray<64, UInt32> = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
