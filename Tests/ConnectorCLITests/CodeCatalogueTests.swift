import ConnectorCLI
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite struct CodeCatalogueTests {
    @Test("no page holds a control character, even where an example is about one")
    func printable() {
        let controls = CodeReference.markdown.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }
        #expect(controls.isEmpty)
    }

    @Test("each code that a source declares is in the catalogue, and nothing else is")
    func complete() throws {
        var declared: [Int] = []
        let folder = Repository.path("Sources")
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for path in files where path.hasSuffix(".swift") {
            let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
            let pieces = text.split(separator: "= DiagnosticCode(", omittingEmptySubsequences: false).dropFirst()
            let isPlace = path.hasSuffix("/Codes.swift") || path.hasPrefix("ConnectorChecks/")
            #expect(pieces.isEmpty || isPlace, "\(path)")
            for piece in pieces {
                let digits = piece.drop { $0.isWhitespace }.prefix { $0.isNumber }
                declared += Int(digits).map { [$0] } ?? []
                #expect(!digits.isEmpty, "\(path): \(piece.prefix(40))")
            }
        }
        #expect(declared.sorted() == CodeCatalogue.all.map(\.number))
        #expect(declared.count >= 155)
    }

    @Test("no number and no name stands for two codes")
    func unique() {
        #expect(Set(CodeCatalogue.all.map(\.number)).count == CodeCatalogue.all.count)
        #expect(Set(CodeCatalogue.all.map(\.name)).count == CodeCatalogue.all.count)
    }

    @Test("each page says what is found, why it matters and what to do, in sentences", arguments: CodeCatalogue.all)
    func page(code: DiagnosticCode) {
        for text in [code.summary, code.why, code.remedy] {
            #expect(text.hasSuffix(".") && text.utf8.count >= 10, "\(text)")
            #expect(!text.contains("\n") && !text.contains("  "), "\(text)")
        }
        #expect(code.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
    }

    @Test("a code is found by its number in every writing and by its name")
    func lookup() {
        for text in ["CG258", "cg258", "258", "login-missing", "Login-Missing"] {
            #expect(CodeCatalogue.code(named: text)?.name == "login-missing", "\(text)")
        }
        #expect(CodeCatalogue.code(named: "1")?.name == "yaml-syntax")
        #expect(CodeCatalogue.code(named: "CG001")?.name == "yaml-syntax")
        for text in ["", "CG", "CG0258", "0258", "CG25", "CG 258", "999", "CG2５8", "login"] {
            #expect(CodeCatalogue.code(named: text) == nil, "\(text)")
        }
    }

    @Test("the committed page of diagnostics is the one that the codes make")
    func committedPage() throws { try Golden("docs/diagnostics.md").expect(CodeReference.markdown) }
}
