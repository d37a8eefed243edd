/// What POSIX calls a name (XBD 3.216).
package enum EnvName {
    /// `[A-Za-z_][A-Za-z0-9_]*`
    static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        var isFirst = true
        for byte in bytes {
            guard isFirst ? isStart(byte) : isPart(byte) else { return false }
            isFirst = false
        }
        return !isFirst
    }

    /// A referred name as a message shows it: `$` in an unquoted hash makes a name of a piece of it, which is nobody's
    /// to see.
    package static func shown(_ name: String) -> String {
        name.utf8.allSatisfy { isPart($0) && !(0x61...0x7A).contains($0) } && name.utf8.count <= 64
            ? name : "a variable"
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
