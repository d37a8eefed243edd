import Foundation
import TestSupport
import Testing

@Suite("the house keeps its arrows")
struct ArrowTests {
    @Test("each target imports only what its arrows allow")
    func imports() throws {
        for source in try House.sources() {
            let allowed = try #require(House.arrows[source.target], "no arrows are drawn for \(source.target)")
            for module in source.imports where !allowed.contains(module) {
                Issue.record("\(source.path) imports \(module), which \(source.target) may not")
            }
        }
    }

    @Test("the arrows have no circle, and compiler and server meet in the shared floor alone")
    func acyclic() throws {
        func reach(_ target: String, _ seen: Set<String> = []) throws -> Set<String> {
            try #require(!seen.contains(target), "\(target) imports itself by way of \(seen.sorted())")
            var all: Set<String> = []
            for next in House.arrows[target] ?? [] {
                all.insert(next)
                all.formUnion(try reach(next, seen.union([target])))
            }
            return all
        }
        let compiler = try reach("connectorgen")
        let server = try reach("connectorgen-auth")
        #expect(!compiler.contains("AuthServer") && !compiler.contains("HTTPServer"))
        #expect(!server.contains("ConnectorCLI") && !server.contains("ConnectorSpec"))
        #expect(compiler.intersection(server).contains("RuntimeConfig"))
    }

    @Test("the manifest declares the arrows that the sources use")
    func manifest() throws {
        let manifest = try String(contentsOfFile: Repository.path("Package.swift"), encoding: .utf8)
        for target in House.arrows.keys {
            #expect(manifest.contains("\"\(target)\""), "\(target) is not in Package.swift")
        }
    }

    @Test("pure targets name no clock, file, process, or random source")
    func purity() throws {
        let banned = [
            "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "SystemRandomNumberGenerator", "ContinuousClock",
            "SuspendingClock", "getenv(", "fopen(", "clock_gettime", "time(nil)",
        ]
        for source in try House.sources() where House.pure.contains(source.target) {
            for (number, line) in source.lines.enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                for word in banned where line.contains(word) {
                    Issue.record("\(source.path):\(number + 1) names \(word)")
                }
            }
        }
    }
}
