import Foundation
import TestSupport
import Testing

@Suite("the house keeps its habits")
struct HabitTests {
    @Test("no source file is longer than 450 lines")
    func fileLength() throws {
        for path in try House.swiftFiles(under: "Sources") + House.swiftFiles(under: "Tests") {
            let lines = try String(contentsOfFile: Repository.path(path), encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false
            ).count
            #expect(lines <= 451, "\(path) has \(lines) lines")
        }
    }

    @Test("half of the source files are under 150 lines")
    func medianLength() throws {
        let lengths = try House.sources().map(\.lines.count).sorted()
        #expect(lengths[lengths.count / 2] < 150)
    }

    @Test("unsafe words stand only in the bindings of C libraries, each with its reason above")
    func unsafety() throws {
        let words = [
            "@unchecked", "nonisolated(unsafe)", "unsafeBitCast", "UnsafeMutable", "UnsafeRaw", "UnsafeBuffer",
        ]
        for source in try House.sources() where !House.bindings.contains(source.target) {
            for (number, line) in source.lines.enumerated() {
                for word in words where line.contains(word) {
                    Issue.record("\(source.path):\(number + 1) says \(word)")
                }
            }
        }
    }

    @Test("nothing traps on purpose or promises work")
    func promises() throws {
        let words = ["fatalError(", "try!", "as!", "TODO", "FIXME", "XXX", "preconditionFailure(\"not"]
        for source in try House.sources() {
            for (number, line) in source.lines.enumerated() {
                for word in words where line.contains(word) {
                    Issue.record("\(source.path):\(number + 1) says \(word)")
                }
            }
        }
    }

    @Test("Q10 no input meets a regular expression")
    func regularExpressions() throws {
        for source in try House.sources() {
            for (number, line) in source.lines.enumerated() {
                for word in ["Regex", "NSRegularExpression", "RegexBuilder", "regcomp"] where line.contains(word) {
                    Issue.record("\(source.path):\(number + 1) says \(word)")
                }
            }
        }
    }

    @Test("executables are thin")
    func executables() throws {
        for source in try House.sources() where ["connectorgen", "connectorgen-auth"].contains(source.target) {
            #expect(source.lines.count <= 20, "\(source.path) should only hand over")
        }
    }
}
