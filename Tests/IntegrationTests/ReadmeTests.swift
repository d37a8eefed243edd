import Foundation
import TestSupport
import Testing

@Suite("the README says what is so")
struct ReadmeTests {
    private let readme = try? String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)

    @Test("its spec is the quickstart")
    func quickstart() throws {
        let spec = try String(
            contentsOfFile: Repository.path("examples/quickstart/connector.yaml"), encoding: .utf8)
        let start = try #require(spec.range(of: "version: 1"))
        #expect(try #require(readme).contains("```yaml\n\(spec[start.lowerBound...])```"))
    }

    @Test("every file it links to is there")
    func links() throws {
        let targets = try #require(readme).components(separatedBy: "](").dropFirst().compactMap {
            $0.split(separator: ")").first.map(String.init)
        }
        #expect(targets.count > 8)
        for target in targets where !target.hasPrefix("http") {
            #expect(FileManager.default.fileExists(atPath: Repository.path(target)), "\(target)")
        }
    }

    @Test("every command it names is one, and every make target")
    func commands() async throws {
        let text = try #require(readme)
        let program = try BuiltProduct.path("connectorgen")
        for part in text.components(separatedBy: "`connectorgen ").dropFirst() {
            let command = try #require(part.split(whereSeparator: { " `|".contains($0) }).first.map(String.init))
            let help = try await ChildProcess.run(program, [command, "--help"])
            #expect(help.exit == .code(0), "connectorgen \(command)")
        }
        let makefile = try String(contentsOfFile: Repository.path("Makefile"), encoding: .utf8)
        for part in text.components(separatedBy: "`make ").dropFirst() {
            let target = try #require(part.split(separator: "`").first)
            #expect(makefile.contains("\n\(target):"), "make \(target)")
        }
    }
}
