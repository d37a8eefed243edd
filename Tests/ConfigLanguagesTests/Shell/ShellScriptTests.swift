import ConfigLanguages
import Diagnostics
import TestSupport
import Testing

@Suite("the shell text that carries data")
struct ShellScriptTests {
    @Test("a tree survives printing and reading, hostile values included")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 0x54)
        for _ in 0..<300 {
            let script = Self.script(using: &generator)
            let reading = ShellScript.read(try script.printed().fragment.bytes, file: FileID(0))
            #expect(reading.diagnostics.isEmpty)
            #expect(reading.script == script)
        }
    }

    @Test("values reach a command unchanged and run nothing", arguments: [Tool.bash, Tool.dash])
    func values(_ shell: Tool) async throws {
        guard shell.isAvailable else { return }
        var generator = SeededGenerator(seed: 0x55)
        let values =
            HostileValues.fixed.filter { !$0.utf8.contains(0) && $0.utf8.count < 1_000 }
            + (0..<500).map { _ in HostileValues.random(using: &generator) }
        var script = ShellScript(items: values.map { .call([.name("show"), .value($0)]) })
        script.items.append(.assignment(name: "LAST", value: "it's $LAST"))
        script.items.append(.call([.name("show"), .variable("LAST")]))
        let text =
            "show() { printf '%s\\0' \"$#\" \"$@\"; }\n"
            + String(decoding: try script.printed().fragment.bytes, as: UTF8.self)
        let ended = try await ChildProcess.run(try shell.required(), ["-eu", "-s"], input: Array(text.utf8))
        #expect(ended.exit == .code(0) && ended.errors.isEmpty)
        let shown = ended.output.utf8.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String($0)
        }
        #expect(shown == (values + ["it's $LAST"]).flatMap { ["1", $0] })
    }

    @Test(
        "what is printed satisfies shellcheck", .enabled(if: Tool.shellcheck.isAvailable, "shellcheck is not installed")
    )
    func shellcheck() async throws {
        var generator = SeededGenerator(seed: 0x56)
        let script = ShellScript(
            items: (0..<40).map { _ in .call([.name("show"), .value(HostileValues.random(using: &generator))]) })
        let text = "#!/bin/sh\n" + String(decoding: try script.printed().fragment.bytes, as: UTF8.self)
        // Literal dollars, backslashes and odd characters in single quotes are what is meant.
        let ended = try await ChildProcess.run(
            try Tool.shellcheck.required(), ["-S", "error", "-"], input: Array(text.utf8))
        #expect(ended.exit == .code(0), "\(ended.output)")
    }

    @Test(
        "anything else in a script is an error",
        arguments: ["rm -rf /", "a $(id)", "a `id`", "a 'b' ; c", "a | b", "A=b", "a 'b", "a  b", "a \"x\"", " a"])
    func refused(_ text: String) {
        #expect(ShellScript.read(Array(text.utf8), file: FileID(0)).diagnostics.hasErrors)
    }

    @Test("names, comments and NUL are checked")
    func checks() {
        for item: ShellScript.Item in [
            .comment("a\nb"), .assignment(name: "A B", value: ""), .assignment(name: "A", value: "\u{0}"),
            .call([.name("a b")]), .call([.variable("1")]), .call([.name("")]),
        ] {
            #expect(throws: Unrepresentable.self) { try ShellScript(items: [item]).printed() }
        }
    }

    private static func script(using generator: inout SeededGenerator) -> ShellScript {
        ShellScript(
            items: (0..<Int.random(in: 0...6, using: &generator)).map { index in
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: .blank
                case 1: .comment(["", " x", "it's $(id) \\"].randomElement(using: &generator) ?? "")
                case 2: .assignment(name: "N_\(index)", value: HostileValues.random(using: &generator))
                default:
                    .call([
                        .name("ensure_it"), .value(HostileValues.random(using: &generator)), .variable("HOME"),
                        .name("--plan"),
                    ])
                }
            })
    }
}
