/// A template, parsed: text and placeholders in turn.
struct Template: Sendable {
    enum Part: Hashable, Sendable {
        /// Bytes of the file as they stand.
        case text(Range<Int>)
        case inline(name: String, line: Int)
        /// The line with the placeholder is left out whole; `indent` spaces stand before each line of the value.
        case block(name: String, line: Int, indent: Int)
    }

    /// Something wrong with the file, at a place of it.
    struct Problem: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case syntax, unknownPlaceholder, unusedPlaceholder, misplacedPlaceholder, bytes, tooLarge, refused
        }

        let kind: Kind
        let range: Range<Int>
        /// 1-based.
        let line: Int
        let message: String
        let help: String?
    }

    /// No template needs a hundredth of it.
    static let largestFile = 1 << 20

    let bytes: [UInt8]
    let parts: [Part]
    /// With one of these the template is not rendered.
    let problems: [Problem]

    init(parsing bytes: [UInt8], placeholders: [TemplatePlaceholder]) {
        self.init(parsing: bytes, placeholders: placeholders, isHTML: false)
    }

    /// `isHTML` holds the template of a page against what a page may have, and each placeholder against its place.
    init(parsing bytes: [UInt8], placeholders: [TemplatePlaceholder], isHTML: Bool) {
        var parser = TemplateParser(bytes: bytes, placeholders: placeholders)
        parser.parse()
        self.bytes = bytes
        parts = parser.parts
        guard isHTML, parser.problems.isEmpty else {
            problems = parser.problems
            return
        }
        var scanner = HTMLTemplateScanner(bytes: bytes, placeholders: placeholders)
        problems = scanner.problems(of: parser.parts)
    }

    init(parsing bytes: [UInt8], as definition: AnyTemplateDefinition) {
        self.init(parsing: bytes, placeholders: definition.placeholders, isHTML: definition.isHTML)
    }
}
