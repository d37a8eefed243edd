/// A language that connectorgen writes; a type without values, to keep fragments apart.
package protocol ConfigLanguage: Sendable {
    /// How messages call it.
    static var displayName: String { get }
}

/// Text that is known to be valid in its place of one language. Only that language's encoders and
/// printers make one, so a value cannot become syntax.
package struct Fragment<Language: ConfigLanguage>: Hashable, Sendable {
    package let text: TextRope
    /// All bytes of the text.
    package var bytes: [UInt8] { text.bytes }

    /// For the encoders and printers of `ConfigLanguages` alone.
    init(unchecked text: TextRope) {
        self.text = text
    }

    /// The same for bytes that no other text shares.
    init(unchecked bytes: [UInt8]) {
        text = TextRope(bytes)
    }

    /// A template of the language with fragments of the same language in its placeholders, for `Templates` alone.
    package init(rendered bytes: [UInt8]) {
        self.init(unchecked: bytes)
    }

    /// Nothing, which every language allows.
    package static var empty: Fragment { Fragment(unchecked: TextRope()) }
}
