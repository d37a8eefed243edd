// What a file is written of: values, names and comments.

extension EnvDialect {
    /// A value as it stands behind `NAME=`, so that this dialect's reader gives back the same bytes.
    package func encode(_ value: String) throws(Unrepresentable) -> Fragment<EnvLanguage> {
        let bytes = Array(value.utf8)
        for byte in bytes {
            if let name = ControlCharacter.name(of: byte), !rules.carries(byte) { throw refusal(name) }
        }
        do throws(EnvObstacle) {
            return Fragment(unchecked: try rules.spelling(of: bytes))
        } catch {
            throw refusal(error.reason)
        }
    }

    /// A name that every reader takes for a variable: `[A-Za-z_][A-Za-z0-9_]*`.
    package func name(_ name: String) throws(Unrepresentable) -> Fragment<EnvLanguage> {
        guard EnvName.isValid(name.utf8) else {
            throw refusal("the name (it must match [A-Za-z_][A-Za-z0-9_]*)")
        }
        return Fragment(unchecked: Array(name.utf8))
    }

    /// A comment line. A backslash at its end would make systemd before 254 swallow the next line.
    func comment(_ text: String) throws(Unrepresentable) -> [UInt8] {
        let bytes = Array(text.utf8)
        if bytes.last == UInt8(ascii: "\\") { throw refusal("a backslash at the end of a comment") }
        for (index, byte) in bytes.enumerated() {
            if byte != 0x09, let name = ControlCharacter.name(of: byte) { throw refusal("\(name) in a comment") }
            // JavaScript ends a line at these two, and what follows would be read as an assignment.
            if bytes.hasLineSeparator(at: index) { throw refusal("a line separator (U+2028, U+2029) in a comment") }
        }
        return bytes.isEmpty ? [UInt8(ascii: "#")] : Array("# ".utf8) + bytes
    }

    /// Text within a comment line that goes on behind it.
    package func commentText(_ text: String) throws(Unrepresentable) -> Fragment<EnvLanguage> {
        Fragment(unchecked: Array(try comment(text).dropFirst(2)))
    }

    private func refusal(_ reason: String) -> Unrepresentable {
        Unrepresentable(language: displayName, reason: reason)
    }
}

extension [UInt8] {
    /// The bytes between two quotes, some of them replaced.
    func quoted(_ quote: Unicode.Scalar, escaping escapes: [Unicode.Scalar: String] = [:]) -> [UInt8] {
        var output = [UInt8(ascii: quote)]
        output.reserveCapacity(count + 8)
        for byte in self {
            if let escape = escapes[Unicode.Scalar(byte)] {
                output += escape.utf8
            } else {
                output.append(byte)
            }
        }
        output.append(UInt8(ascii: quote))
        return output
    }
    /// The bytes between quotes for a reader that knows no escape for a quote: the first of `'`, `"` and `` ` `` that
    /// they do not hold. `pairs` are what the reader decodes between double quotes.
    func quotedWithoutEscapes(decoded pairs: [String]) throws(EnvObstacle) -> [UInt8] {
        if !contains(UInt8(ascii: "'")) { return quoted("'") }
        if !contains(UInt8(ascii: "\"")), !pairs.contains(where: { hasPair($0) }) { return quoted("\"") }
        if !contains(UInt8(ascii: "`")) { return quoted("`") }
        throw EnvObstacle("every kind of quote (', \" and `) at once")
    }
}
