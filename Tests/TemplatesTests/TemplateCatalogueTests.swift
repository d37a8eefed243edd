import ConfigLanguages
import Diagnostics
import Testing

@testable import Templates

/// A fragment for tests, by way of the nginx encoder.
private func fragment(_ text: String) throws -> Fragment<NginxLanguage> {
    try NginxLanguage.commentText(text)
}

@Suite("the template catalogue")
struct TemplateCatalogueTests {
    private static let values = ["product", "source", "digest", "file", "target", "deployment"]

    private func values(directives: String) throws -> [String: Fragment<NginxLanguage>] {
        var values: [String: Fragment<NginxLanguage>] = ["directives": try fragment(directives)]
        for name in Self.values { values[name] = try fragment("<\(name)>") }
        return values
    }

    private func load(_ text: String, name: String = "nginx/http.conf.tmpl") -> (TemplateCatalogue, [Diagnostic]) {
        var sources = SourceMap()
        let id = sources.add(SourceFile(path: "mine/" + name, text: text))
        return TemplateCatalogue.load([TemplateFile(name: name, source: id, bytes: Array(text.utf8))])
    }

    private static let whole =
        "# {{ product }} {{source}} {{digest}} {{file}} {{ target }}{{ deployment }}\n{{> directives }}\n"

    @Test("every builtin template is embedded and uses exactly its placeholders")
    func builtin() {
        #expect(TemplateCatalogue.builtin.problems.isEmpty)
        #expect(TemplateCatalogue.builtinPages.problems.isEmpty)
        #expect(PageTexts.builtin.diagnostics.isEmpty)
        #expect(PageTemplates.load().templates != nil)
        #expect(Set(EmbeddedFile.all.map(\.name)) == Set(TemplateFamily.allFileNames))
        #expect(EmbeddedFile.all.allSatisfy { !$0.bytes.isEmpty })
    }

    @Test("an override changes its template and the digest, and leaves the others builtin")
    func override() throws {
        let (catalogue, diagnostics) = load(Self.whole)
        #expect(diagnostics.isEmpty)
        let text = String(decoding: try catalogue.render(.nginxHTTP, values(directives: "x")).bytes, as: UTF8.self)
        #expect(text == "# <product> <source> <digest> <file> <target><deployment>\nx\n")
        #expect(catalogue.digest == load(Self.whole).0.digest)
    }

    @Test("a block's first line is known, and an empty block leaves no line")
    func blockLines() throws {
        let (catalogue, _) = load("a\n\n\(Self.whole)end\n")
        let filled = try catalogue.render(.nginxHTTP, values(directives: "one"))
        #expect(filled.blockLines == ["directives": 4])
        #expect(filled.inlineLines.allSatisfy { $0.line == 3 } && filled.inlineLines.last?.name == "deployment")
        var empty = try values(directives: "")
        empty["directives"] = .empty
        let text = String(decoding: try catalogue.render(.nginxHTTP, empty).bytes, as: UTF8.self)
        #expect(text.hasSuffix("<deployment>\nend\n"))
    }

    @Test(
        "each way to misuse a placeholder has its code, its line and its span",
        arguments: [
            ("\(whole){{ prodct }}\n", "CG901", 3, "did you mean `product`?"),
            ("# {{ product }} {{source}} {{digest}} {{file}}{{deployment}}\n{{> directives }}\n", "CG902", 2, "target"),
            ("\(whole)x {{> directives }}\n", "CG903", 3, "line of its own"),
            ("\(whole){{ directives }}\n", "CG903", 3, "line of its own"),
            ("\(whole){{> directives }}\n", "CG903", 3, "twice"),
            ("\(whole){{> product }}\n", "CG903", 3, "within a line"),
            ("\(whole){{ product\n", "CG900", 3, "no `}}`"),
            ("\(whole)product }}\n", "CG900", 3, "no `{{`"),
            ("\(whole){{# each }}\n", "CG900", 3, "is no placeholder"),
            ("\(whole){{{ product }}}\n", "CG900", 3, "is no placeholder"),
            ("\(whole){{}}\n", "CG900", 3, "is no placeholder"),
            ("\(whole)a\r\n", "CG908", 3, "LF alone"),
            ("\u{FEFF}\(whole)", "CG908", 1, "byte order mark"),
        ])
    func misuse(text: String, code: String, line: Int, mentions: String) throws {
        let (catalogue, diagnostics) = load(text)
        let finding = try #require(diagnostics.first { $0.code.description == code })
        #expect(finding.message.hasPrefix("nginx/http.conf.tmpl:\(line): "))
        #expect((finding.message + (finding.help ?? "")).contains(mentions))
        #expect(finding.primary != nil)
        #expect(throws: TemplateFailure.self) { try catalogue.render(.nginxHTTP, values(directives: "x")) }
    }

    @Test("a file that is no template is named, with the nearest one")
    func unknownFile() throws {
        let (_, diagnostics) = load(Self.whole, name: "nginx/htp.conf.tmpl")
        let finding = try #require(diagnostics.first)
        #expect(finding.code == .templateFileUnknown)
        #expect(finding.help?.contains("did you mean nginx/http.conf.tmpl?") == true)
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() {
        let file = TemplateFile(name: "nginx/http.conf.tmpl", source: FileID(0), bytes: [0x23, 0xFF, 0x0A])
        #expect(TemplateCatalogue.load([file]).diagnostics.map(\.code) == [.templateBytes])
    }

    @Test("missing, surplus and many-line values are refused together")
    func values() throws {
        var wrong = try values(directives: "x")
        wrong["file"] = nil
        wrong["colour"] = try fragment("red")
        wrong["digest"] = NginxPrinter.text { $0.append("a") }.fragment
        let failure = #expect(throws: TemplateFailure.self) {
            try TemplateCatalogue.builtin.render(.nginxHTTP, wrong)
        }
        let codes = Set(failure?.diagnostics.map(\.code) ?? [])
        #expect(codes == [.templateValueMissing, .templateValueUnknown, .templateValueManyLines])
    }
}

@Suite("template blocks")
struct TemplateBlockTests {
    @Test("a block is indented as its placeholder is, blank lines stay blank, and the last line ends")
    func indentation() {
        let placeholders: [TemplatePlaceholder] = [.block("body")]
        let template = Template(parsing: Array("{\n  {{> body }}\n}\n".utf8), placeholders: placeholders)
        #expect(template.problems.isEmpty)
        let body = NginxPrinter.text { printer in
            printer.append("a")
            printer.blankLine()
            printer.append("b")
        }
        let rendered = RenderedTemplate(template, ["body": body.fragment])
        #expect(String(decoding: rendered.bytes, as: UTF8.self) == "{\n  a;\n\n  b;\n}\n")
        #expect(rendered.blockLines == ["body": 2])
    }

    @Test("a template of one megabyte of braces is read without trouble")
    func hostile() {
        let bytes = [UInt8](repeating: UInt8(ascii: "{"), count: Template.largestFile)
        #expect(!Template(parsing: bytes, placeholders: []).problems.isEmpty)
        let placeholders = Array(repeatElement(Array("{{x}}\n".utf8), count: 100_000).joined())
        #expect(Template(parsing: placeholders, placeholders: []).problems.count == 100_000)
    }
}
