/// What a half-filled template leaves behind: `{{name}}`, `${NAME}`, `<HOST>`, `change-me`.
package enum TemplateResidue {
    private static let words: [String] = ["change-me", "changeme", "change_me", "existing-url"]

    /// First letters of the words: most texts need no further look.
    private static let initials: [UInt8] = [0x63, 0x65]

    /// Refuses a text that still waits to be filled in.
    package static func refuse(in text: String, expected: String) throws(InvalidValue) {
        guard isResidue(text) else { return }
        throw InvalidValue("is a placeholder that was never filled in", expected: expected, kind: .templateResidue)
    }

    package static func isResidue(_ text: String) -> Bool {
        var previous: UInt8 = 0
        var opened = false
        for byte in text.utf8 {
            if byte == 0x7B, previous == 0x7B || previous == 0x24 { return true }
            if byte == 0x3C { opened = true }
            if byte == 0x3E, opened { return true }
            previous = byte
        }
        guard let first = text.utf8.first, text.utf8.count <= 12, initials.contains(first | 0x20) else { return false }
        return words.contains(text.asciiLowercased)
    }
}
