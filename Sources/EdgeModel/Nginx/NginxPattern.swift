/// A regular expression of nginx: on the bytes of a path, in ASCII (PCRE without UTF).
///
/// Swift's engine reads PCRE's syntax. It knows no lookbehind, ends `$` at the very end alone where PCRE allows one line
/// feed behind it, and folds the case of Latin-1 letters as well: an expression that it cannot read is unknown, never
/// guessed.
struct NginxPattern {
    private let regex: Regex<AnyRegexOutput>?

    init(_ text: String, ignoresCase: Bool) {
        let pattern = Self.text(of: Array(text.utf8))
        regex = (try? Regex(pattern))?.matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses()
            .ignoresCase(ignoresCase)
    }

    /// What one try came to.
    enum Match {
        case none
        /// The whole, then the groups, empty where one took no part; the names of those that have one.
        case captures([[UInt8]], names: [String: Int])
        /// The expression cannot be read here.
        case unknown
    }

    func match(_ bytes: [UInt8]) -> Match {
        guard let regex else { return .unknown }
        guard let match = try? regex.firstMatch(in: Self.text(of: bytes)) else { return .none }
        var captures: [[UInt8]] = []
        var names: [String: Int] = [:]
        for (index, group) in match.output.enumerated() {
            captures.append(group.substring.map(Self.bytes) ?? [])
            if let name = group.name { names[name] = index }
        }
        return .captures(captures, names: names)
    }

    /// One scalar for each byte.
    private static func text(of bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }

    private static func bytes(of text: Substring) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }
}
