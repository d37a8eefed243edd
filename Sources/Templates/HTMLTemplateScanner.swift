/// Reads the template of a page as a browser does (HTML Standard §13.2.5, as far as templates go), to hold each
/// placeholder against its place: a text, or an attribute in quotes. What the policy of the pages would switch off
/// without a word (scripts, handlers, styles of elements, anything loaded) is named here.
struct HTMLTemplateScanner {
    private enum State: Hashable {
        case text, comment
        case tag
        /// Between `=` and the value.
        case beforeValue
        case unquotedValue
        case value(quote: UInt8)
    }

    private let bytes: [UInt8]
    private let placeholders: [TemplatePlaceholder]
    private var state = State.text
    private var element: [UInt8] = []
    private var attribute: [UInt8] = []
    /// The name of the attribute is read; blanks may follow it before `=`.
    private var isNamed = false
    private var line = 1
    private var found: [Template.Problem] = []

    init(bytes: [UInt8], placeholders: [TemplatePlaceholder]) {
        self.bytes = bytes
        self.placeholders = placeholders
    }

    mutating func problems(of parts: [Template.Part]) -> [Template.Problem] {
        for part in parts {
            switch part {
            case .text(let range): scan(range)
            case .inline(let name, let line): checkInline(name, line: line)
            case .block(let name, let line, _):
                self.line = line + 1
                guard state != .text else { continue }
                report("`{{> \(name) }}` stands within a tag or a comment", line: line)
            }
        }
        if state != .text { report("a tag, a comment or a quote is not closed", line: line) }
        return found
    }

    private mutating func scan(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") { line += 1 }
            index = step(byte, index, in: range)
        }
    }

    /// Reads the byte at `index`; answers where to go on.
    private mutating func step(_ byte: UInt8, _ index: Int, in range: Range<Int>) -> Int {
        switch state {
        case .text:
            guard byte == UInt8(ascii: "<") else { break }
            if starts("<!--", at: index) {
                state = .comment
                return index + 4
            }
            let end = bytes[(index + 1)..<range.upperBound].firstIndex { !Self.isNameByte($0) } ?? range.upperBound
            element = bytes[(index + 1)..<end].map(Self.lowercased)
            endAttribute()
            checkElement()
            return end
        case .comment:
            guard starts("-->", at: index) else { break }
            state = .text
            return index + 3
        case .tag: readTag(byte)
        case .beforeValue:
            guard !Self.isBlank(byte) else { break }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                state = .value(quote: byte)
            } else {
                state = byte == UInt8(ascii: ">") ? .text : .unquotedValue
            }
        case .unquotedValue:
            if byte == UInt8(ascii: ">") { state = .text } else if Self.isBlank(byte) { endAttribute() }
        case .value(let quote): if byte == quote { endAttribute() }
        }
        return index + 1
    }

    private mutating func readTag(_ byte: UInt8) {
        if byte == UInt8(ascii: ">") {
            state = .text
        } else if byte == UInt8(ascii: "=") {
            state = .beforeValue
            checkAttribute()
        } else if Self.isBlank(byte) || byte == UInt8(ascii: "/") {
            isNamed = true
        } else {
            if isNamed { endAttribute() }
            attribute.append(Self.lowercased(byte))
        }
    }

    private mutating func endAttribute() {
        state = .tag
        attribute = []
        isNamed = false
    }

    // MARK: Judging

    private static let loadingElements: Set<String> = [
        "applet", "audio", "base", "embed", "frame", "frameset", "iframe", "image", "img", "link", "object", "portal",
        "script", "source", "style", "template", "textarea", "track", "video", "xmp", "plaintext", "noscript",
    ]
    private static let loadingAttributes: Set<String> = [
        "background", "data", "ping", "poster", "src", "srcdoc", "srcset", "style",
    ]
    private static let leadingAttributes: Set<String> = ["action", "cite", "formaction", "href", "xlink:href"]

    private mutating func checkElement() {
        let name = String(decoding: element, as: UTF8.self)
        guard Self.loadingElements.contains(name) else { return }
        report("`<\(name)>` has no place on a page: nothing is run or loaded, and the style sheet is a file of its own")
    }

    private mutating func checkAttribute() {
        let name = String(decoding: attribute, as: UTF8.self)
        if Self.loadingAttributes.contains(name) || name.hasPrefix("on") {
            report(
                "`\(name)` has no place on a page: nothing is run or loaded, and the style sheet is a file of its own")
        }
    }

    private mutating func checkInline(_ name: String, line: Int) {
        self.line = line
        let content = placeholders.first { $0.name == name }?.content
        switch state {
        case .text: return
        case .value:
            let attribute = String(decoding: attribute, as: UTF8.self)
            guard Self.leadingAttributes.contains(attribute), content != .address else { return }
            report("`{{ \(name) }}` is no address, so it cannot stand in `\(attribute)`")
        case .beforeValue, .unquotedValue:
            report("`{{ \(name) }}` stands in an attribute without quotes")
        case .tag, .comment:
            report("`{{ \(name) }}` stands within a tag or a comment, where it could become markup")
        }
    }

    private mutating func report(_ message: String, line: Int? = nil) {
        found.append(
            Template.Problem(kind: .refused, range: 0..<0, line: line ?? self.line, message: message, help: nil))
    }

    // MARK: Bytes

    private func starts(_ text: String, at index: Int) -> Bool { bytes[index...].starts(with: text.utf8) }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        !isBlank(byte) && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "=")
    }
}
