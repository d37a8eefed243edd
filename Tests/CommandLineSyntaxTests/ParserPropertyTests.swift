import TestSupport
import Testing

@testable import CommandLineSyntax

@Suite struct ParserPropertyTests {
    @Test("no list of arguments breaks the parser", arguments: [21, 22] as [UInt64])
    func anything(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "", "-", "--", "---", "--=", "-=", "--out", "--out=", "-o", "-oq", "-qo", "-q=", "--only", "nginx", "help",
            "build", "routes", "trace", "list", "x.yaml", "--no-color", "--no-", "-h", "--help", "\u{1B}", "-é", "ü=",
        ]
        for _ in 0..<3000 {
            let arguments = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                pieces[Int.random(in: pieces.indices, using: &generator)]
            }
            for program in [sampleProgram, sampleServer] {
                do throws(UsageError) {
                    guard case .run(let invocation) = try program.parse(arguments) else { continue }
                    for operand in invocation.command.operands where operand.isRequired {
                        #expect(invocation.operand(operand) != nil, "\(arguments)")
                    }
                } catch {
                    let text = error.text(program: program.name)
                    #expect(text.split(separator: "\n").count == 2 && !text.unicodeScalars.contains("\u{1B}"))
                }
            }
        }
    }

    @Test("what is written in the usual spelling is read back", arguments: [31, 32] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let words = ["a", "-", "--", "-x", "--out", "help", "list", "é", "a=b", "=", " "]
        func word() -> String { words[Int.random(in: words.indices, using: &generator)] }
        for _ in 0..<500 {
            let out = word()
            let files = [word(), word()]
            let invocation = try sampleProgram.parse(["build", "--out=\(out)", "--secrets=\(out)", "--", files[0]])
            guard case .run(let build) = invocation else { continue }
            #expect(build.value(.out) == out && build.value(.secrets) == out)
            #expect(build.operand(.spec) == files[0])
            guard case .run(let diff) = try sampleProgram.parse(["diff", "-q", "--"] + files) else { continue }
            #expect(diff.operand(.spec) == files[0] && diff.operands(.files) == [files[1]])
        }
    }
}
