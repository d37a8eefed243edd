import Foundation
import TestSupport
import Testing

@Suite("commands answer as their scripts say")
struct CommandScriptTests {
    private static let fixtures = Repository.path("Tests/ConnectorCLITests/Fixtures")

    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: fixtures)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted()
    }()

    @Test("there are scripts")
    func present() {
        #expect(Self.names.count >= 10)
    }

    @Test("script", arguments: names)
    func script(name: String) async throws {
        let script = try CommandScript(path: "\(Self.fixtures)/\(name)")
        let answer = try await script.run()
        let wrong = CommandScript.expectations.filter {
            !CommandScript.matches(answer.texts[$0] ?? "", script.expected($0))
        }
        for section in wrong {
            Issue.record(
                "\(name): \(section) should be\n\(script.expected(section))\nand is\n\(answer.texts[section] ?? "")")
        }
        if Recording.isOn {
            if !wrong.isEmpty { try script.record(answer) }
            Issue.record("\(name): \(Recording.advice)")
        }
    }

    @Test("three dots stand for any lines")
    func wildcard() {
        #expect(CommandScript.matches("a\nb\nc\n", "a\n...\nc\n"))
        #expect(CommandScript.matches("a\nc\n", "a\n...\nc\n"))
        #expect(!CommandScript.matches("a\nb\n", "a\n...\nc\n"))
        #expect(!CommandScript.matches("a\n", ""))
    }
}
