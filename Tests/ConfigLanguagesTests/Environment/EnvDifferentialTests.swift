import ConfigLanguages
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite("the env readers agree with the real programs")
struct EnvDifferentialTests {
    @Test("node", .enabled(if: Tool.node.isAvailable, "node is not installed"))
    func node() async throws { try await compare(.node, with: .node) }

    @Test("python-dotenv", .enabled(if: Tool.python.isAvailable, "no Python with python-dotenv (CONNECTORGEN_PYTHON)"))
    func pythonDotenv() async throws { try await compare(.pythonDotenv, with: .pythonDotenv) }

    @Test("systemd", .enabled(if: Tool.systemd.isAvailable, "systemd 252 or python3 is not installed"))
    func systemd() async throws {
        _ = try Tool.systemd.required()
        try await compare(.systemd, with: .systemd)
    }

    @Test("dotenv for JavaScript", .enabled(if: Tool.dotenv.isAvailable, "no dotenv module (CONNECTORGEN_DOTENV)"))
    func dotenv() async throws {
        _ = try Tool.dotenv.required()
        try await compare(.dotenv, with: .dotenv)
    }

    @Test("what is written for shells means the same to bash and dash", arguments: [Tool.bash, Tool.dash])
    func shells(_ shell: Tool) async throws {
        guard shell.isAvailable else { return }
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 0x5E11)
        let values = HostileValues.fixed + (0..<1_500).map { _ in HostileValues.random(using: &generator) }
        for dialect in [EnvDialect.shell, .portable] {
            let carried = values.filter { $0.utf8.count < 1_000 && (try? dialect.encode($0)) != nil }
            let file = EnvFile(
                items: carried.enumerated().map { .assignment(name: "V_\($0.offset)", value: $0.element) })
            let path = try folder.write(
                "values.sh.env", String(decoding: try file.printed(in: dialect).bytes, as: UTF8.self))
            let ended = try await ChildProcess.run(
                try shell.required(), ["-c", "set -eau; . \"$1\"; exec env -0", "sh", path],
                environment: ["PATH": "/usr/bin:/bin"])
            #expect(ended.errors.isEmpty && ended.exit == .code(0))
            var found: [String: String] = [:]
            for line in ended.output.utf8.split(separator: 0) {
                let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                found[String(parts[0]) ?? ""] = String(parts[1]) ?? ""
            }
            for (index, value) in carried.enumerated() {
                #expect(found["V_\(index)"] == value)
            }
            #expect(found.keys.count { $0.hasPrefix("V_") } == carried.count)
            #expect(
                Set(found.keys.filter { !$0.hasPrefix("V_") }).isSubset(of: ["PATH", "PWD", "SHLVL", "_", "OLDPWD"]))
        }
    }

    /// Noise and printed values, through both readers.
    private func compare(_ dialect: EnvDialect, with real: RealReader) async throws {
        var generator = SeededGenerator(seed: 0xD1FF)
        var texts: [String] = []
        for _ in 0..<4_000 {
            texts.append(Self.noise(using: &generator))
        }
        for value in HostileValues.fixed.filter({ $0.utf8.count < 1_000 }) {
            texts.append("A=\(value)\nZ=end\n")
            guard let spelled = try? dialect.encode(value).bytes else { continue }
            texts.append("A=" + String(decoding: spelled, as: UTF8.self) + "\nZ=end\n")
        }
        texts += EnvMatrix.rows.map(\.text)
        texts.removeAll { $0.utf8.contains(0) }
        let answers = try await real.read(texts)
        #expect(answers.count == texts.count)
        for (text, answer) in zip(texts, answers) {
            let reading = dialect.read(Array(text.utf8), file: FileID(0), environment: ["HOSTVAR": "fromhost"])
            var found: [String: String?] = [:]
            for entry in reading.entries { found.updateValue(entry.value, forKey: entry.name) }
            // Thousands of them: an expectation each would take most of the time.
            guard found != answer else { continue }
            Issue.record("\(text.debugDescription): read as \(found), by the program as \(answer ?? [:])")
        }
    }

    private static func noise(using generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...4, using: &generator)).map { index in
            let name =
                ["A", "B", "export C", "  D", "E ", "#", "", "F G", "\t"].randomElement(using: &generator) ?? "A"
            let sign = ["=", "=", "=", "=", " = ", ": ", "", "=\t"].randomElement(using: &generator) ?? "="
            let value = HostileValues.random(length: 8, using: &generator)
            let quote = ["", "", "'", "\"", "`"].randomElement(using: &generator) ?? ""
            let end = ["\n", "\n", "\n", "\r\n", " \n", " # c\n", ""].randomElement(using: &generator) ?? "\n"
            return name + sign + quote + value + quote + end
        }.joined()
    }
}

extension Tool {
    fileprivate static let systemd = Tool(
        "systemd", at: "/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-252.so")
    fileprivate static let dotenv = Tool(
        "dotenv", at: ProcessInfo.processInfo.environment["CONNECTORGEN_DOTENV"] ?? "/nowhere")
}
