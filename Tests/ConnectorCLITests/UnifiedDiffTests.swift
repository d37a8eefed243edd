import Diagnostics
import TestSupport
import Testing

@Suite("differences that git applies")
struct UnifiedDiffTests {
    private static let git = Tool("git")

    @Test(
        "git makes the new text of the old one, whatever lines and line ends they have",
        .enabled(if: git.isAvailable, "git is not installed"))
    func applied() async throws {
        let git = try Self.git.required()
        var generator = SeededGenerator(seed: 31)
        let folder = try TemporaryFolder()
        var patches: [UInt8] = []
        var wanted: [(name: String, text: [UInt8])] = []
        for number in 0..<300 {
            let (old, new) = texts(&generator)
            let diff = UnifiedDiff(from: old, to: new, path: "f\(number)")
            #expect(diff.isEmpty == (old == new))
            guard !diff.isEmpty else { continue }
            try folder.write("f\(number)", old)
            wanted.append(("f\(number)", new))
            patches += diff.bytes
        }
        try folder.write("all.patch", patches)
        let run = try await ChildProcess.run(
            git, ["apply", "--whitespace=nowarn", "all.patch"], environment: ["PATH": "/usr/bin:/bin"],
            folder: folder.path)
        #expect(run.exit == .code(0), "\(run.errors)")
        #expect(wanted.count > 200)
        for (name, text) in wanted {
            let made = try folder.read(name)
            #expect(Array(made.utf8) == text, "\(name)")
        }
    }

    private func texts(_ generator: inout SeededGenerator) -> (old: [UInt8], new: [UInt8]) {
        let words = ["A=b", "", "# c", "B=é", "x\r", "-- a", "++ b", "@@ -1 +1 @@", "\\ No"]
        var lines = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
            words.randomElement(using: &generator) ?? ""
        }
        let old = text(lines, &generator)
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            let at = Int.random(in: 0...lines.count, using: &generator)
            if Bool.random(using: &generator), at < lines.count, lines.count > 1 {
                lines.remove(at: at)
            } else {
                lines.insert(words.randomElement(using: &generator) ?? "", at: at)
            }
        }
        return (old, text(lines, &generator))
    }

    private func text(_ lines: [String], _ generator: inout SeededGenerator) -> [UInt8] {
        let end = Bool.random(using: &generator) ? "\n" : "."
        return Array((lines.joined(separator: "\n") + end).utf8)
    }

    @Test("a secret is shown in no line, and the lines around it stay lines")
    func secrets() {
        let old = Array("A=1\nKEY=hunter2\nB=1\n".utf8)
        let new = Array("A=2\nKEY=hunter2\nB=1\n".utf8)
        let diff = UnifiedDiff(from: old, to: new, path: ".env", secrets: ([8..<15], [8..<15]))
        #expect(
            String(decoding: diff.bytes, as: UTF8.self)
                == "--- a/.env\n+++ b/.env\n@@ -1,3 +1,3 @@\n-A=1\n+A=2\n KEY=[secret]\n B=1\n")
    }
}
