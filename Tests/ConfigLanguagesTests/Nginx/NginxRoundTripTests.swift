import TestSupport
import Testing

@testable import ConfigLanguages

@Suite("nginx: printing and parsing")
struct NginxRoundTripTests {
    private static func parsed(_ text: String) -> NginxParser.Result { NginxParser.parse(Array(text.utf8)) }

    @Test("what is printed is read back as the same tree", arguments: 0..<40 as Range<UInt64>)
    func trees(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let file = RandomNginx.file(&generator)
        let result = NginxParser.parse(NginxPrinter.text(file).fragment.bytes)
        #expect(result.problems.isEmpty)
        #expect(result.file == file)
        #expect(NginxPrinter.text(result.file).fragment == NginxPrinter.text(file).fragment)
    }

    @Test("every character from 1 to 255 survives in a word, alone and among others")
    func everyByte() {
        for value in 1...255 {
            let character = String(Unicode.Scalar(UInt8(value)))
            for text in [character, "a\(character)b", character + character, "\"\(character)", "\(character)'\\"] {
                let file = NginxBlock([NginxDirective("x", [NginxArgument(unchecked: text), "y"])])
                #expect(NginxParser.parse(NginxPrinter.text(file).fragment.bytes).file == file)
            }
        }
    }

    @Test("a literal holds exactly what it was made of, or is refused", arguments: HostileText.all)
    func literals(text: String) throws {
        let isTooLong = text.utf8.count > NginxLanguage.longestWord
        guard !text.contains("$"), !isTooLong else {
            #expect(throws: Unrepresentable.self) { try NginxArgument.literal(text) }
            return
        }
        let file = NginxBlock([NginxDirective("return", ["200", try .literal(text)])])
        let result = NginxParser.parse(NginxPrinter.text(file).fragment.bytes)
        #expect(result.problems.isEmpty)
        #expect(result.file.directives.first?.arguments.last?.text == text)
        #expect(result.file.directives.count == 1)
    }

    @Test("control characters are in no literal, no path and no comment", arguments: HostileText.withControlCharacters)
    func controlCharacters(text: String) {
        #expect(throws: Unrepresentable.self) { try NginxArgument.literal(text) }
        #expect(throws: Unrepresentable.self) { try NginxArgument.path("/" + text) }
        #expect(throws: Unrepresentable.self) { try NginxArgument.concat(.literal(text)) }
        #expect(throws: Unrepresentable.self) { try NginxLanguage.commentText(text) }
    }

    @Test("the limit of 4,000 bytes counts escapes")
    func longWords() throws {
        let quotes = String(repeating: "\"'", count: 1_200)  // 3,602 bytes within double quotes
        #expect(throws: Never.self) { try NginxArgument.literal(quotes) }
        #expect(throws: Unrepresentable.self) { try NginxArgument.literal(quotes + quotes) }
        #expect(throws: Never.self) { try NginxArgument.literal(String(repeating: "a", count: 4_000)) }
        #expect(throws: Unrepresentable.self) { try NginxArgument.literal(String(repeating: "a", count: 4_001)) }
        #expect(throws: Unrepresentable.self) { try NginxArgument.literal(String(repeating: " ", count: 3_999)) }
    }

    @Test("a dollar sign is a character in a path, and a variable's name ends where it should")
    func dollars() throws {
        #expect(try NginxArgument.path("/a$b").text == "/a$b")
        #expect(throws: Unrepresentable.self) { try NginxArgument.path("~ .*") }
        let host = NginxVariable("host")
        #expect(try NginxArgument.concat(.variable(host), .literal("name")).text == "${host}name")
        #expect(try NginxArgument.concat(.variable(host), .literal("/x")).text == "$host/x")
        #expect(throws: Unrepresentable.self) { try NginxArgument.concat(.variable(host), .literal("$x")) }
    }

    @Test("sizes are written in the largest exact unit")
    func sizes() {
        #expect(
            [0, 1_000, 1_024, 65_536, 4 << 20, 1_536 << 10].map { NginxArgument.size($0).text }
                == ["0", "1000", "1k", "64k", "4m", "1536k"])
    }

    @Test("the printer tells which lines carry which tag")
    func tags() throws {
        let text = try NginxPrinter.text { printer throws(Unrepresentable) in
            printer.append("a", "1")
            let comment = try NginxLanguage.commentText("why")
            try printer.block("location", "=", .path("/x"), tag: 7, comments: [comment]) {
                printer throws(Unrepresentable) in
                printer.append(NginxPrinter.lines(depth: 1, [NginxDirective("b"), NginxDirective("c")]))
                printer.append(NginxDirective("d", comments: ["one", "two"], tag: 8))
            }
            printer.blankLine()
            printer.append(NginxDirective("e", tag: 9))
        }
        let expected = "a 1;\n# why\nlocation = /x {\n    b;\n    c;\n    # one\n    # two\n    d;\n}\n\ne;\n"
        #expect(String(decoding: text.fragment.bytes, as: UTF8.self) == expected)
        #expect(
            text.taggedLines == [
                .init(tag: 8, lines: 6...8), .init(tag: 7, lines: 2...9), .init(tag: 9, lines: 11...11),
            ])
    }
}

/// Trees of hostile words, the same for the same seed.
enum RandomNginx {
    static func file(_ generator: inout SeededGenerator) -> NginxBlock {
        block(depth: 0, &generator)
    }

    private static func block(depth: Int, _ generator: inout SeededGenerator) -> NginxBlock {
        let count = Int.random(in: 0...(depth == 0 ? 12 : 4), using: &generator)
        let directives = (0..<count).map { _ in directive(depth: depth, &generator) }
        return NginxBlock(directives, closingComments: comments(&generator))
    }

    private static func directive(depth: Int, _ generator: inout SeededGenerator) -> NginxDirective {
        let arguments = (0..<Int.random(in: 0...4, using: &generator)).map { _ in word(&generator) }
        let hasBlock = depth < 5 && Int.random(in: 0..<3, using: &generator) == 0
        return NginxDirective(
            word(&generator), arguments, block: hasBlock ? block(depth: depth + 1, &generator) : nil,
            comments: comments(&generator))
    }

    private static func comments(_ generator: inout SeededGenerator) -> [String] {
        guard Int.random(in: 0..<4, using: &generator) == 0 else { return [] }
        let texts = ["", "why", " indented", "# twice", "connector.yaml:31  reason; } {", "é \" ' \\ $x"]
        return (0..<Int.random(in: 1...2, using: &generator)).map { _ in
            texts.randomElement(using: &generator) ?? ""
        }
    }

    static func word(_ generator: inout SeededGenerator) -> NginxArgument {
        if Bool.random(using: &generator), let hostile = HostileText.all.randomElement(using: &generator) {
            return NginxArgument(unchecked: hostile)
        }
        let scalars = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
            Unicode.Scalar(UInt8.random(in: 1...255, using: &generator))
        }
        return NginxArgument(unchecked: String(String.UnicodeScalarView(scalars)))
    }
}
