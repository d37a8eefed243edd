import Foundation
import TestSupport
import Testing

@Suite("the house keeps its arrows")
struct ArrowTests {
    @Test("each target imports only what the manifest declares, and all of it")
    func imports() throws {
        let arrows = try House.arrows()
        #expect(arrows.count > 20)
        var used: [String: Set<String>] = [:]
        for source in try House.sources() {
            let declared = try #require(arrows[source.target], "\(source.target) is not in Package.swift")
            let allowed = declared.union(House.systemModules[source.target] ?? [])
            for module in source.imports {
                used[source.target, default: []].insert(module)
                if !allowed.contains(module) {
                    Issue.record("\(source.path) imports \(module), which \(source.target) may not")
                }
            }
        }
        for (target, declared) in arrows {
            let unused = declared.subtracting(used[target] ?? [])
            #expect(unused.isEmpty, "\(target) declares \(unused.sorted()) and imports none of it")
        }
    }

    @Test("the arrows have no circle, and compiler and server meet in the shared floor alone")
    func acyclic() throws {
        let arrows = try House.arrows()
        func reach(_ target: String, _ seen: Set<String> = []) throws -> Set<String> {
            try #require(!seen.contains(target), "\(target) imports itself by way of \(seen.sorted())")
            var all: Set<String> = []
            for next in arrows[target] ?? [] {
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
