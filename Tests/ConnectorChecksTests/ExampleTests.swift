import ConnectorChecks
import ConnectorSpec
import Diagnostics
import TestSupport
import Testing

@Suite struct ExampleTests {
    static let broken = Golden.names(in: "examples/broken").filter { $0.hasSuffix(".yaml") }

    /// Folders with a spec, also of several for one host.
    static let good = Golden.names(in: "examples").filter { $0 != "broken" && !$0.contains(".") }
        .flatMap { name -> [String] in
            let below = Golden.names(in: "examples/\(name)")
            return below.contains("connector.yaml")
                ? [name] : below.filter { !$0.contains(".") }.map { "\(name)/\($0)" }
        }

    @Test("each broken example is answered as its `.expected` file says", arguments: broken)
    func brokenExample(name: String) throws {
        let text = try #require(Golden("examples/broken/\(name)").text)
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: name, text: text))
        let result = SpecCheck(file, in: sources)
        #expect(result.diagnostics.hasErrors)
        let report = Report(diagnostics: result.diagnostics, sources: sources, exitCode: 2, secrets: result.secrets)
        let short = String(decoding: report.render(.short), as: UTF8.self)
        try Golden("examples/broken/\(name.dropLast(5)).expected").expect(short)
    }

    @Test("there are broken examples, and no answer without a question")
    func pairs() {
        #expect(Self.broken.count >= 12)
        let expected = Golden.names(in: "examples/broken").filter { $0.hasSuffix(".expected") }
        #expect(Set(expected.map { $0.dropLast(9) }) == Set(Self.broken.map { $0.dropLast(5) }))
    }

    @Test(
        "the examples that people start from are free of errors",
        arguments: good)
    func goodExample(name: String) throws {
        let text = try #require(Golden("examples/\(name)/connector.yaml").text)
        let result = check(text).check
        #expect(!result.diagnostics.hasErrors, "\(result.diagnostics.map(\.message))")
    }
}
