import Foundation
import TestSupport

/// A test of the command line in one text file: a shell script, the files it finds, and what it must answer.
///
/// The text before the first `-- NAME --` line is the script, for `/bin/sh` in an empty folder. Sections `stdout`,
/// `stderr` and
/// `status` are the expectation (empty, empty and 0 when left out); every other section is a file. In an expectation a
/// line
/// `...` stands for any number of lines.
struct CommandScript {
    private(set) var script = ""
    private(set) var sections: [(name: String, text: String)] = []
    let path: String

    init(path: String) throws {
        self.path = path
        for line in try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if line.hasPrefix("-- "), line.hasSuffix(" --"), line.utf8.count > 6 {
                sections.append((String(line.dropFirst(3).dropLast(3)), ""))
            } else if sections.isEmpty {
                script += line + "\n"
            } else {
                sections[sections.count - 1].text += line + "\n"
            }
        }
        // The text ends with a line end, behind which the split saw one more, empty line.
        if let last = sections.indices.last { sections[last].text.removeLast() } else { script.removeLast() }
    }

    static let expectations = ["stdout", "stderr", "status"]

    func expected(_ name: String) -> String {
        sections.first { $0.name == name }?.text ?? (name == "status" ? "0\n" : "")
    }

    struct Answer {
        let texts: [String: String]
    }

    /// Runs the script against the built `connectorgen`.
    func run() async throws -> Answer {
        let folder = try TemporaryFolder()
        for (name, text) in sections where !Self.expectations.contains(name) { try folder.write(name, text) }
        let products = URL(fileURLWithPath: try BuiltProduct.path("connectorgen")).deletingLastPathComponent().path
        let run = try await ChildProcess.run(
            "/bin/sh", ["-c", script],
            environment: [
                "PATH": "\(products):/usr/sbin:/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8",
                // 2026-11-29: what a finding says of a date must not change with the day of the test.
                "SOURCE_DATE_EPOCH": "1795910400",
            ],
            folder: folder.path)
        let status =
            switch run.exit {
            case .code(let code): "\(code)\n"
            case .signal(let signal): "signal \(signal)\n"
            }
        return Answer(texts: ["stdout": run.output, "stderr": run.errors, "status": status])
    }

    /// True when the text is as expected, `...` lines being wild.
    static func matches(_ text: String, _ expected: String) -> Bool {
        matches(
            text.split(separator: "\n", omittingEmptySubsequences: false)[...],
            expected.split(separator: "\n", omittingEmptySubsequences: false)[...])
    }

    private static func matches(_ lines: ArraySlice<Substring>, _ expected: ArraySlice<Substring>) -> Bool {
        guard let first = expected.first else { return lines.isEmpty }
        if first == "..." {
            return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], expected.dropFirst()) }
        }
        return lines.first == first && matches(lines.dropFirst(), expected.dropFirst())
    }

    /// Writes what was answered into the file as the new expectation.
    func record(_ answer: Answer) throws {
        var text = script
        for (name, content) in sections where !Self.expectations.contains(name) { text += "-- \(name) --\n\(content)" }
        for name in Self.expectations {
            let content =
                Self.matches(answer.texts[name] ?? "", expected(name)) ? expected(name) : answer.texts[name] ?? ""
            if !content.isEmpty, !(name == "status" && content == "0\n") { text += "-- \(name) --\n\(content)" }
        }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
