/// Turns libyaml's marks, which count code points behind the byte order mark, into byte offsets.
///
/// It remembers the last place asked for and walks from there, since events come in the order of the
/// file; a file of ASCII alone needs no walk.
struct CodePointCursor {
    private let bytes: [UInt8]
    private let isASCII: Bool
    private let start: Int
    private var codePoint = 0
    private var byte: Int

    /// `start` is where code point 0 stands: 3 behind a byte order mark, else 0.
    init(_ bytes: [UInt8], start: Int, isASCII: Bool) {
        self.bytes = bytes
        self.start = start
        self.isASCII = isASCII
        byte = start
    }

    /// The byte at which a code point begins; one behind the last is the end of the file.
    mutating func offset(of target: Int) -> Int {
        if isASCII { return min(start + target, bytes.count) }
        while codePoint < target, byte < bytes.count {
            byte += 1
            while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
            codePoint += 1
        }
        while codePoint > target, byte > start {
            byte -= 1
            while byte > start, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
            codePoint -= 1
        }
        return byte
    }
}
