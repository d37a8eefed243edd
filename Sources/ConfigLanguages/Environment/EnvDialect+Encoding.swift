// The encoders: first the form that all readers agree on, then what the one reader understands.

extension EnvDialect {
    /// A value as it stands behind `NAME=`, so that this dialect's reader gives back the same bytes.
    package func encode(_ value: String) throws(Unrepresentable) -> Fragment<EnvLanguage> {
        let bytes = Array(value.utf8)
        try refuseBytes(of: bytes)
        return Fragment(unchecked: try spelling(of: bytes))
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

    private func spelling(of value: [UInt8]) throws(Unrepresentable) -> [UInt8] {
        if self == .dockerRaw { return value }
        if let portable = PortableEncoding.encode(value) { return portable }
        switch self {
        case .portable: throw refusal(PortableEncoding.obstacle(in: value))
        case .shell: return value.quoted("'", escaping: ["'": #"'\''"#])
        case .systemd: return value.quoted("\"", escaping: ["\"": "\\\"", "\\": "\\\\", "`": "\\`", "$": "\\$"])
        case .compose where !value.contains(UInt8(ascii: "\\")): return value.quoted("'", escaping: ["'": "\\'"])
        case .compose: return value.quoted("\"", escaping: ["\"": "\\\"", "\\": "\\\\", "$": "\\$"])
        case .pythonDotenv: return value.quoted("'", escaping: ["\\": "\\\\", "'": "\\'"])
        case .node: return try unescapedQuotes(value, decoded: ["\\n"])
        case .dotenv:
            if value.last == UInt8(ascii: "\\") { throw refusal("a backslash at the end") }
            return try unescapedQuotes(value, decoded: ["\\n", "\\r"])
        case .dockerRaw: return value
        }
    }

    /// Node and dotenv know no escape for a quote: the first of `'`, `"` and `` ` `` that the value does not hold.
    private func unescapedQuotes(_ value: [UInt8], decoded pairs: [String]) throws(Unrepresentable) -> [UInt8] {
        if !value.contains(UInt8(ascii: "'")) { return value.quoted("'") }
        if !value.contains(UInt8(ascii: "\"")), !pairs.contains(where: { value.hasPair($0) }) {
            return value.quoted("\"")
        }
        if !value.contains(UInt8(ascii: "`")) { return value.quoted("`") }
        throw refusal("every kind of quote (', \" and `) at once")
    }

    /// What no spelling of the dialect can carry.
    private func refuseBytes(of value: [UInt8]) throws(Unrepresentable) {
        for byte in value {
            guard let name = ControlCharacter.name(of: byte) else { continue }
            let refused =
                switch self {
                case .shell: byte == 0
                case .dockerRaw: byte == 0 || byte == 0x0A || byte == 0x0D
                case .systemd, .portable: byte != 0x09 && byte != 0x0A
                case .compose, .node, .dotenv, .pythonDotenv: byte == 0 || byte == 0x0D
                }
            if refused { throw refusal(name) }
        }
        if self == .portable || self == .pythonDotenv, value.hasPair("${") {
            throw refusal("\"${\", which python-dotenv replaces even between single quotes")
        }
    }

    private func refusal(_ reason: String) -> Unrepresentable {
        Unrepresentable(language: displayName, reason: reason)
    }
}

extension [UInt8] {
    /// The bytes between two quotes, some of them replaced.
    fileprivate func quoted(_ quote: Unicode.Scalar, escaping escapes: [Unicode.Scalar: String] = [:]) -> [UInt8] {
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
}
