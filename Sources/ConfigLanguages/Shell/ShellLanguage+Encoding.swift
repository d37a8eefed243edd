extension ShellLanguage {
    /// A value as one word, `'…'`: nothing between single quotes is special to any shell. NUL cannot be in a word.
    package static func quoted(_ value: String) throws(Unrepresentable) -> Fragment<ShellLanguage> {
        var bytes = [UInt8(ascii: "'")]
        bytes.reserveCapacity(value.utf8.count + 2)
        for byte in value.utf8 {
            if byte == 0 { throw Unrepresentable(language: displayName, reason: "a NUL byte (U+0000)") }
            if byte == UInt8(ascii: "'") { bytes += #"'\'"#.utf8 }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "'"))
        return Fragment(unchecked: bytes)
    }

    /// Text within a comment: one line, no control characters.
    package static func commentText(_ text: String) throws(Unrepresentable) -> Fragment<ShellLanguage> {
        for byte in text.utf8 {
            if let name = ControlCharacter.name(of: byte) {
                throw Unrepresentable(language: displayName, reason: "\(name) in a comment")
            }
        }
        return Fragment(unchecked: Array(text.utf8))
    }

    /// A name of a variable or function: `[A-Za-z_][A-Za-z0-9_]*`.
    static func name(_ name: String) throws(Unrepresentable) -> [UInt8] {
        guard EnvName.isValid(name.utf8) else {
            throw Unrepresentable(language: displayName, reason: "the name (it must match [A-Za-z_][A-Za-z0-9_]*)")
        }
        return Array(name.utf8)
    }
}
