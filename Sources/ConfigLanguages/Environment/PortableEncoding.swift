/// The three spellings that systemd, compose, node, dotenv, python-dotenv and shells decode alike.
enum PortableEncoding {
    /// The spelling of a value without refused bytes, or nil when the readers would disagree about each.
    static func encode(_ value: [UInt8]) -> [UInt8]? {
        // Readers disagree about `${` in every form; a dialect of its own may still carry it.
        if value.hasPair("${") || value.contains(where: { $0 != 0x09 && $0 != 0x0A && ControlCharacter.isOne($0) }) {
            return nil
        }
        if value.allSatisfy(isBareSafe) { return value }
        if fitsSingleQuotes(value) { return [UInt8(ascii: "'")] + value + [UInt8(ascii: "'")] }
        if fitsDoubleQuotes(value) { return [UInt8(ascii: "\"")] + value + [UInt8(ascii: "\"")] }
        return nil
    }

    /// Refuses what python-dotenv would fill in, however it is quoted.
    static func checkExpansion(in value: [UInt8]) throws(EnvObstacle) {
        if value.hasPair("${") {
            throw EnvObstacle("\"${\", which python-dotenv replaces even between single quotes")
        }
    }

    /// What keeps a value from all three, by name.
    static func obstacle(in value: [UInt8]) -> String {
        let single =
            value.contains(UInt8(ascii: "'"))
            ? "a single quote" : value.hasPair("\\\\") ? "two backslashes in a row" : "a backslash at the end"
        let double =
            value.first { "\"$`\\".utf8.contains($0) }.map { "\"\(Unicode.Scalar($0))\"" } ?? "another quote"
        return "\(single) together with \(double)"
    }

    /// `[A-Za-z0-9_@%+=:,./-]`
    static func isBareSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "+")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "%"),
            UInt8(ascii: "="):
            true
        default: false
        }
    }

    /// Two backslashes: python-dotenv makes one of them even here.
    private static func fitsSingleQuotes(_ value: [UInt8]) -> Bool {
        !value.contains(UInt8(ascii: "'")) && !value.hasPair("\\\\") && value.last != UInt8(ascii: "\\")
    }

    private static func fitsDoubleQuotes(_ value: [UInt8]) -> Bool {
        !value.contains { "\"$`\\".utf8.contains($0) }
    }
}
