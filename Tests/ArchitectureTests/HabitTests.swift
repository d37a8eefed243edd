import Foundation
import TestSupport
import Testing

@Suite("the house keeps its habits")
struct HabitTests {
    @Test("no source file is longer than 450 lines")
    func fileLength() throws {
        for path in try PackageManifest.swiftFiles(under: "Sources") + PackageManifest.swiftFiles(under: "Tests") {
            let lines = try String(contentsOfFile: Repository.path(path), encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false
            ).count
            #expect(lines <= 451, "\(path) has \(lines) lines")
        }
    }

    @Test("nine in ten source files are under 150 lines")
    func lengths() throws {
        let lengths = try PackageManifest.sources().map(\.lines.count).sorted()
        #expect(lengths[lengths.count * 9 / 10] < 150)
    }

    @Test("unsafe words stand only in files that import C code or the system")
    func unsafety() throws {
        let words = [
            "@unchecked", "nonisolated(unsafe)", "unsafeBitCast", "UnsafeMutable", "UnsafeRaw", "UnsafeBuffer",
        ]
        let borders = try PackageManifest.cTargets().union(["Glibc"])
        #expect(borders.count > 10)
        for source in try PackageManifest.sources() where borders.isDisjoint(with: source.imports) {
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
        for source in try PackageManifest.sources() {
            for (number, line) in source.lines.enumerated() {
                for word in words where line.contains(word) {
                    Issue.record("\(source.path):\(number + 1) says \(word)")
                }
            }
        }
    }

    @Test(
        "Q10 no input meets a regular expression, but for nginx's own in files that the simulator reads, which no server does"
    )
    func regularExpressions() throws {
        let simulator = "EdgeModel"
        #expect(try !PackageManifest.reach(of: "connectorgen-auth", in: PackageManifest.arrows()).contains(simulator))
        for source in try PackageManifest.sources() where source.target != simulator {
            for (number, line) in source.lines.enumerated() {
                for word in ["Regex", "NSRegularExpression", "RegexBuilder", "regcomp"] where line.contains(word) {
                    Issue.record("\(source.path):\(number + 1) says \(word)")
                }
            }
        }
    }

    @Test("executables are at most twenty lines")
    func executables() throws {
        for source in try PackageManifest.sources() where PackageManifest.executables.contains(source.target) {
            #expect(source.lines.count <= 20, "\(source.path) should only hand over")
        }
    }

    @Test("tests that run side by side name nothing that starts a process or a server")
    func sideBySide() throws {
        let script = try String(contentsOfFile: Repository.path("Scripts/test"), encoding: .utf8)
        let list = try #require(script.firstMatch(of: #/\npure=\(([^)]*)\)/#)).1
        let targets = list.split { $0 == " " || $0 == "\n" }.map(String.init)
        #expect(targets.count > 10)
        let starters = ["ChildProcess", "BuiltProduct", "ScratchNginx", "TLSServer", "LoopbackSocket", "Tool."]
        for target in targets {
            let paths = try PackageManifest.swiftFiles(under: "Tests/\(target)")
            #expect(!paths.isEmpty, "\(target) has no tests")
            for path in paths {
                let text = try String(contentsOfFile: Repository.path(path), encoding: .utf8)
                for word in starters where text.contains(word) {
                    Issue.record("\(path) names \(word); take \(target) out of the list in Scripts/test")
                }
            }
        }
    }

    @Test("the files that CONTRIBUTING.md has one add a line to are there")
    func contributing() throws {
        let page = try String(contentsOfFile: Repository.path("CONTRIBUTING.md"), encoding: .utf8)
        let rows = page.matches(of: #/\n\| (?:a|an) [^|]*\|[^|]*\|([^|]*)\|/#)
        #expect(rows.count > 5)
        for row in rows {
            for path in row.1.matches(of: #/`([^`]+)`/#) {
                #expect(FileManager.default.fileExists(atPath: Repository.path("Sources/\(path.1)")), "\(path.1)")
            }
        }
    }
}
