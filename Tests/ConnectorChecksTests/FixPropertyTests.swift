import ConfigLanguages
import ConnectorChecks
import Diagnostics
import Foundation
import ObservedFiles
import TestSupport
import Testing

/// Generated specs, and env files of every dialect beside a spec, with what can be wrong in them.
@Suite("fixes come to an end, and change nothing else")
struct FixPropertyTests {
    struct Sample {
        var spec: String
        var variables: String?
        var dialect: EnvDialect?
    }

    /// The whole of the samples is 2,000 files; in the suite it is the first 320 of them, in eight parts.
    private static let isWhole = ProcessInfo.processInfo.environment["CONNECTORGEN_FIXES"] == "all"

    @Test("a second run finds nothing more to fix, and every byte outside the fixes stays", arguments: 0..<8)
    func settled(part: Int) {
        var generator = SeededGenerator(seed: 850 + UInt64(part))
        var fixes = 0
        let count = Self.isWhole ? 250 : 40
        for number in 0..<count {
            let sample = number % 2 == 0 ? Self.environment(&generator) : Self.spec(&generator)
            let includingUnsafe = number % 4 > 1
            var state = Self.sources(of: sample)
            let result = FixedFiles(state, includingUnsafe: includingUnsafe, home: { $0 }) { changes in
                Self.findings(sample, Self.sources(of: sample).replacing(changes))
            }
            #expect(result.isSettled, "\(sample)")
            // The same, pass by pass, each held against the bytes before it.
            var left = result.made.count
            while left > 0 {
                let selection = FixSelection(
                    of: Self.findings(sample, state), includingUnsafe: includingUnsafe
                ) { $0 }
                guard !selection.chosen.isEmpty else { break }
                left -= selection.chosen.count
                var next: [FileID: [UInt8]] = [:]
                for file in selection.files {
                    let new = selection.fixed(state[file].bytes, of: file)
                    let edits = selection.chosen.flatMap(\.fix.edits).filter { $0.span.file == file }
                    #expect(Self.keepsTheRest(state[file].bytes, new, edits), "\(sample)")
                    next[file] = new
                }
                state = state.replacing(next)
            }
            #expect(left == 0, "\(sample)")
            for (file, bytes) in result.changes { #expect(state[file].bytes == bytes) }
            let again = FixedFiles(state, includingUnsafe: includingUnsafe, home: { $0 }) { changes in
                Self.findings(sample, state.replacing(changes))
            }
            #expect(again.made.isEmpty && again.changes.isEmpty, "\(again.made.map(\.fix.title)) \(sample)")
            fixes += result.made.count
        }
        #expect(fixes >= count / 2, "only \(fixes) fixes were made")
    }

    @Test("a safe fix gives every program what the spec says, and of all others what it had")
    func meaning() {
        var generator = SeededGenerator(seed: 851)
        var changed = 0
        for _ in 0..<300 {
            let sample = Self.environment(&generator)
            guard let dialect = sample.dialect else { continue }
            let sources = Self.sources(of: sample)
            let result = FixedFiles(sources, includingUnsafe: false, home: { $0 }) { changes in
                Self.findings(sample, Self.sources(of: sample).replacing(changes))
            }
            guard let bytes = result.changes[FileID(1)] else { continue }
            changed += 1
            // Of a comment that swallows the next line, what that line says is meant.
            let meant = Array((sample.variables ?? "").replacing("# continues \\", with: "# continues ").utf8)
            let before = dialect.read(meant, file: FileID(1)).values
            let after = dialect.read(bytes, file: FileID(1)).values
            for name in Set(before.keys).union(after.keys) where before[name] != after[name] {
                let hadNothing = before[name]?.allSatisfy(\.isWhitespace) ?? true
                #expect(hadNothing, "\(name) had a value: \(sample)")
                #expect(Self.right[name] == after[name], "\(name): \(sample)")
            }
        }
        #expect(changed > 60)
    }

    /// The bytes between the edits, walked through on both sides.
    private static func keepsTheRest(_ old: [UInt8], _ new: [UInt8], _ edits: [TextEdit]) -> Bool {
        var (left, right) = (0, 0)
        for edit in edits.sorted(by: { $0.span.start < $1.span.start }) {
            let gap = edit.span.start - left
            guard gap >= 0, right + gap <= new.count, old[left..<left + gap] == new[right..<right + gap] else {
                return false
            }
            left = edit.span.end
            right += gap
            guard new[right...].starts(with: edit.replacement.utf8) else { return false }
            right += edit.replacement.utf8.count
        }
        return old[left...] == new[right...]
    }

    // MARK: samples

    private static func sources(of sample: Sample) -> SourceMap {
        var sources = SourceMap()
        _ = sources.add(SourceFile(path: "connector.yaml", text: sample.spec))
        if let variables = sample.variables { _ = sources.add(SourceFile(path: ".env", text: variables)) }
        return sources
    }

    private static func findings(_ sample: Sample, _ sources: SourceMap) -> [Diagnostic] {
        let files =
            sample.variables == nil
            ? [] : [Observed.VariableFile(FileID(1), as: sample.dialect.map { .env($0) })]
        let options = SpecCheck.Options(observed: Observed(nginx: [], variables: files, in: sources))
        return SpecCheck(FileID(0), in: sources, options: options).diagnostics
    }

    private static let presets: [(name: String, right: [(String, String)])] = [
        (
            "connectorgen",
            [
                ("CONNECTOR_ISSUER", "https://mcp.example.com/mcp"),
                ("CONNECTOR_PUBLIC_URL", "https://mcp.example.com/mcp"),
                ("CONNECTOR_RESOURCE", "https://mcp.example.com/mcp"),
                (
                    "CONNECTOR_METADATA_URL",
                    "https://mcp.example.com/.well-known/oauth-protected-resource/mcp"
                ),
                ("CONNECTOR_CLIENT_ID", "cid_example"), ("CONNECTOR_SCOPES", "mcp.tools mcp.read"),
                ("CONNECTOR_PORT", "3930"),
            ]
        ),
        (
            "dexter",
            [
                ("TOKEN_AI_OIDC_ISSUER", "https://mcp.example.com/mcp"),
                ("TOKEN_AI_OIDC_AUTHORIZATION_ENDPOINT", "https://mcp.example.com/mcp/authorize"),
                ("TOKEN_AI_OIDC_TOKEN_ENDPOINT", "https://mcp.example.com/mcp/token"),
                ("TOKEN_AI_OIDC_CLIENT_ID", "cid_example"),
                ("TOKEN_AI_MCP_PUBLIC_URL", "https://mcp.example.com/mcp"),
            ]
        ),
    ]
    private static let right = Dictionary(presets.flatMap(\.right)) { first, _ in first }

    private static func environment(_ generator: inout SeededGenerator) -> Sample {
        let preset = presets[Int.random(in: 0...1, using: &generator)]
        let dialect = EnvDialect.allCases.randomElement(using: &generator)
        func one(_ list: [String]) -> String { list.randomElement(using: &generator) ?? "" }
        var lines: [String] = []
        for (name, value) in preset.right {
            let wrong = one(["https://old.example.com/mcp", "app_old", "a b", "x#y", "it's", value + "/", " "])
            let said = one([value, value, value, "", "", wrong])
            let spelled = one([said, "\"\(said)\"", "'\(said)'"])
            let prefix = one(["", "", "", "export ", "  "])
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: break
            case 1: lines += ["\(name)=\(spelled)", "\(name)=\(one([spelled, value]))"]
            default: lines.append("\(prefix)\(name)=\(spelled)\(one(["", "", "", " # note", " "]))")
            }
        }
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            let line = one([
                "# a comment", "# continues \\", "", "LOG_LEVEL=info", "LOG_LEVEL=$HOME", "OTHER='it is'", "ALONE",
                "TOKEN_AI_OIDC_CLIENT_ID_CHATGPT=app_other", "CONNECTOR_CLIENT=cid_x", "TOKEN_AI_OIDC_ISSUERS=x",
                "MULTI=\"a\nb\"", "; semicolon", "B=${LOG_LEVEL}", "TEXT=\"a b\" c",
            ])
            lines.insert(line, at: Int.random(in: 0...lines.count, using: &generator))
        }
        let end = one(["\n", "\n", "\r\n"])
        let text = one(["", "", "", "", "\u{FEFF}"]) + lines.joined(separator: end) + one([end, end, ""])
        let spec =
            "version: 1\nname: demo\nissuer:\n  url: https://mcp.example.com/mcp\n  mode: local\n"
            + "  users: { file: /etc/connectorgen/users }\n  store: { sqlite: /var/lib/connectorgen/auth.db }\n"
            + "connectors:\n  mcp:\n    public_url: https://mcp.example.com/mcp\n    client_id: cid_example\n"
            + "    upstream: http://127.0.0.1:3930\n    scopes: [mcp.tools, mcp.read]\n"
            + "targets: { env: [{ file: app.env, dialect: node, preset: \(preset.name) }] }\n"
        return Sample(spec: spec, variables: text, dialect: dialect)
    }

    /// A spec with a slip, among comments, with either line end.
    private static func spec(_ generator: inout SeededGenerator) -> Sample {
        var lines = (FixTests.cases.randomElement(using: &generator)?.text ?? "").split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            lines.insert(["# é", "", "# x: y"].randomElement(using: &generator) ?? "", at: 0)
        }
        if Bool.random(using: &generator) {
            lines = lines.map { line in
                line.hasSuffix(":") || line.contains("#") || line.isEmpty || line.contains("|")
                    ? line : line + "  # kept"
            }
        }
        let end = Bool.random(using: &generator) ? "\n" : "\r\n"
        return Sample(spec: lines.joined(separator: end), variables: nil, dialect: nil)
    }
}
