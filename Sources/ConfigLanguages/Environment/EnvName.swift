/// What POSIX calls a name (XBD 3.216).
enum EnvName {
    /// `[A-Za-z_][A-Za-z0-9_]*`
    static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        var isFirst = true
        for byte in bytes {
            guard isFirst ? isStart(byte) : isPart(byte) else { return false }
            isFirst = false
        }
        return !isFirst
    }

    static func isStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    static func isPart(_ byte: UInt8) -> Bool {
        isStart(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
