import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite("the page of deployments says what lint says")
struct DeploymentsPageTests {
    private static let path = "docs/deployments.md"

    /// A fenced block: the words behind the fence, and the lines of the page within.
    private struct Block {
        let words: [String]
        let lines: Range<Int>
    }

    private static func blocks(_ lines: [String]) -> [Block] {
        var blocks: [Block] = []
        var start: Int?
        for (index, line) in lines.enumerated() where line.hasPrefix("```") {
            if let begun = start {
                blocks.append(
                    Block(
                        words: lines[begun].dropFirst(3).split(separator: " ").map(String.init),
                        lines: begun + 1..<index))
                start = nil
            } else {
                start = index
            }
        }
        return blocks
    }

    /// What `lint --format short` prints of specs together.
    private static func answer(_ specs: [(name: String, text: String)]) -> String {
        var last: Workspace?
        var compilations: [Compilation] = []
        for (name, text) in specs {
            let workspace = Workspace(spec: SourceFile(path: name, text: text), after: last)
            compilations.append(Compilation.compile(workspace, options: CompilationOptions()))
            last = workspace
        }
        let found = compilations.flatMap(\.diagnostics) + Neighbours.findings(among: compilations.compactMap(\.plan))
        guard !found.isEmpty else { return specs.map { "\($0.name): no findings\n" }.joined() }
        let report = Report(diagnostics: found, sources: last?.sources ?? SourceMap(), exitCode: 0, secrets: [])
        return String(decoding: report.render(.short), as: UTF8.self)
    }

    @Test("every spec on it is answered as it says, the first attempts with findings and the whole ones with none")
    func answers() throws {
        let page = Golden(Self.path)
        let lines = try #require(page.text).components(separatedBy: "\n")
        let blocks = Self.blocks(lines)
        var specs: [String: String] = [:]
        for block in blocks where block.words.first == "yaml" && block.words.count == 2 {
            specs[block.words[1]] = lines[block.lines].joined(separator: "\n") + "\n"
        }
        var made = lines
        var asked: Set<String> = []
        for block in blocks.reversed() where block.words.starts(with: ["text", "lint"]) {
            let names = block.words.dropFirst(2)
            asked.formUnion(names)
            let answer = Self.answer(try names.map { ($0, try #require(specs[$0], "\($0)")) })
            #expect(names.contains { $0.hasSuffix("-first.yaml") } == answer.contains("CG"), "\(answer)")
            made.replaceSubrange(block.lines, with: answer.split(separator: "\n").map(String.init))
        }
        #expect(asked == Set(specs.keys) && asked.count == 13)
        try page.expect(made.joined(separator: "\n"))
    }
}
