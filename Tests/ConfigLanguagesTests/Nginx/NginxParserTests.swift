import Diagnostics
import TestSupport
import Testing

@testable import ConfigLanguages

@Suite("nginx: reading files of any origin")
struct NginxParserTests {
    private static func parse(_ text: String) -> NginxParser.Result { NginxParser.parse(Array(text.utf8)) }

    @Test("words, quotes, variables, modifiers and blocks are read as nginx reads them")
    func grammar() throws {
        let text = """
            # top
            server { # opened
                listen 80 default_server; server_name "a b" 'c"d';
                location =/a { return 200 "x;y{z}"; }
                location ^~ /b/ { proxy_pass http://u${request_uri}; }
                if ($a = "b") { return 403; } # why
                # end
            }
            """
        let result = Self.parse(text)
        #expect(result.problems.isEmpty)
        let server = try #require(result.file.directives.first)
        #expect(server.comments == ["top"])
        let inner = try #require(server.block)
        #expect(inner.directives.map(\.name) == ["listen", "server_name", "location", "location", "if"])
        #expect(inner.directives[0].comments == ["opened"])
        #expect(inner.directives[1].arguments.map(\.text) == ["a b", "c\"d"])
        #expect(inner.directives[2].arguments.map(\.text) == ["=/a"])
        #expect(inner.directives[2].block?.directives.first?.arguments.map(\.text) == ["200", "x;y{z}"])
        #expect(inner.directives[3].block?.directives.first?.arguments.map(\.text) == ["http://u${request_uri}"])
        #expect(inner.directives[4].arguments.map(\.text) == ["($a", "=", "b", ")"])
        #expect(inner.closingComments == ["why", "end"])
    }

    @Test("spans cover a directive to its end, and a word with its quotes, in the file that was read")
    func spans() throws {
        let text = "a  \"b c\" ;\nx { y 'z'; }\n"
        let bytes = Array(text.utf8)
        let result = NginxParser.parse(bytes, file: FileID(3))
        func slice(_ span: Span?) -> String {
            span.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } ?? ""
        }
        let first = try #require(result.file.directives.first)
        #expect(slice(first.span) == "a  \"b c\" ;")
        #expect(slice(first.arguments.first?.span) == "\"b c\"")
        #expect(first.span?.file == FileID(3) && first.arguments.first?.span?.file == FileID(3))
        let second = try #require(result.file.directives.last)
        #expect(slice(second.span) == "x { y 'z'; }")
        #expect(slice(second.block?.directives.first?.arguments.first?.span) == "'z'")
    }

    @Test("escapes mean what they mean to nginx")
    func escapes() {
        let words = Self.parse(#"x a\;b "a\"b\\c\td\ne\qf" 'g\'h' i\ j \"k;"#).file.directives.first?.arguments.map(
            \.text)
        #expect(words == [#"a\;b"#, "a\"b\\c\td\ne\\qf", "g'h", #"i\ j"#, "\"k"])
    }

    @Test(
        "what is wrong is told with its place, and reading goes on",
        arguments: [
            ("a \"b;\nc d;", NginxSyntaxProblem.Kind.unterminatedQuote, 2),
            ("x { a }", .missingSemicolon, 4), ("a b", .missingSemicolon, 2), ("a;\n};b;", .unopenedBrace, 3),
            ("x {\n y {\n", .unclosedBrace, 2), (";", .missingDirective, 0), ("{ a; }", .missingDirective, 0),
            ("a \"b\"c;", .gluedToQuote, 5), ("\u{FEFF}a;", .strangeBytes, 0), ("a \u{0};", .strangeBytes, 2),
        ])
    func problems(text: String, kind: NginxSyntaxProblem.Kind, offset: Int) throws {
        let problem = try #require(Self.parse(text).problems.first)
        #expect(problem.kind == kind)
        #expect(problem.span.start == offset)
        #expect(!problem.message.isEmpty)
    }

    @Test("several problems come in one run, and the directives between them are there")
    func severalProblems() {
        let result = Self.parse("a \"b\"c;\nok 1;\nx { y }\n}\n")
        #expect(result.problems.map(\.kind) == [.gluedToQuote, .missingSemicolon, .unopenedBrace])
        #expect(result.file.directives.map(\.name) == ["a", "ok", "x"])
    }

    @Test("bytes that are not UTF-8 are told and do not stop the reading")
    func notUTF8() {
        let result = NginxParser.parse(Array("a ".utf8) + [0xFF, 0xC3] + Array("; b;".utf8))
        #expect(result.problems.map(\.kind) == [.strangeBytes])
        #expect(result.file.directives.map(\.name) == ["a", "b"])
    }

    @Test("blocks nested without end are refused at a depth, not with the stack")
    func nesting() {
        let result = Self.parse(String(repeating: "a{", count: 100_000))
        #expect(result.problems.contains { $0.kind == .tooDeep })
        #expect(Self.parse(String(repeating: "a{", count: 64) + String(repeating: "}", count: 64)).problems.isEmpty)
    }

    @Test(
        "a megabyte of any one token ends soon",
        arguments: ["{", "}", ";", "a;", "a ", "\"", "'", "#", "\\", "${", "a{}", "\n#"])
    func repetition(token: String) {
        let result = Self.parse(String(repeating: token, count: (1 << 20) / token.utf8.count))
        #expect(result.problems.count <= 200)
    }

    @Test("random bytes never crash it, and every place lies in the file", arguments: 0..<20 as Range<UInt64>)
    func noise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("ab \n\t\r;{}\"'\\#$=~^/()".utf8) + [0, 0xC3, 0xA9, 0xFF, 0xEF, 0xBB, 0xBF]
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            let result = NginxParser.parse(bytes)
            #expect(result.problems.allSatisfy { $0.span.start >= 0 && $0.span.end <= bytes.count })
            if result.problems.isEmpty {
                #expect(NginxParser.parse(NginxPrinter.text(result.file).fragment.bytes).file == result.file)
            }
        }
    }
}
