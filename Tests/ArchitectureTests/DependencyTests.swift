import Foundation
import TestSupport
import Testing

@Suite("the house keeps its arrows")
struct DependencyTests {
    @Test("each target imports only what the manifest declares, and all of it")
    func imports() throws {
        let arrows = try PackageManifest.arrows()
        #expect(arrows.count > 20)
        var used: [String: Set<String>] = [:]
        for source in try PackageManifest.sources() {
            let declared = try #require(arrows[source.target], "\(source.target) is not in Package.swift")
            let allowed = declared.union(PackageManifest.systemModules[source.target] ?? [])
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

    @Test("the arrows have no circle, and compiler and server do not reach each other")
    func acyclic() throws {
        let arrows = try PackageManifest.arrows()
        for target in arrows.keys {
            #expect(
                !PackageManifest.reach(of: target, in: arrows).contains(target),
                "\(target) imports itself by way of others")
        }
        let compiler = PackageManifest.reach(of: "connectorgen", in: arrows)
        let server = PackageManifest.reach(of: "connectorgen-auth", in: arrows)
        #expect(!compiler.contains("AuthServer") && !compiler.contains("HTTPServer"))
        #expect(!server.contains("ConnectorCLI") && !server.contains("ConnectorSpec"))
        #expect(compiler.contains("RuntimeConfig") && server.contains("RuntimeConfig"))
    }

    @Test("no target but those of the edge names Foundation, the system, a clock, the environment or a random source")
    func purity() throws {
        let banned = [
            "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "SystemRandomNumberGenerator", "ContinuousClock",
            "SuspendingClock", "getenv(", "fopen(", "clock_gettime", "time(nil)",
        ]
        for source in try PackageManifest.sources() where PackageManifest.systemModules[source.target] == nil {
            for (number, line) in source.lines.enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                for word in banned where line.contains(word) {
                    Issue.record("\(source.path):\(number + 1) names \(word)")
                }
            }
        }
    }

    @Test("ARCHITECTURE.md has a row for each target of Package.swift, with the arrows that no other implies")
    func page() throws {
        let arrows = try PackageManifest.arrows().filter { !PackageManifest.executables.contains($0.key) }
        let page = Golden("ARCHITECTURE.md")
        var listed: [String] = []
        let lines = try #require(page.text).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let row = line.wholeMatch(of: #/(\| `([A-Za-z0-9]+)`(?: → `[a-z-]+`)? \| .* \|)[^|]*\|/#),
                let declared = arrows[String(row.2)]
            else { return String(line) }
            listed.append(String(row.2))
            let direct = declared.filter { name in
                !declared.contains { PackageManifest.reach(of: $0, in: arrows).contains(name) }
            }
            return "\(row.1) \(direct.isEmpty ? "–" : direct.sorted().joined(separator: ", ")) |"
        }
        #expect(listed.sorted() == arrows.keys.sorted())
        try page.expect(lines.joined(separator: "\n"))
    }

    @Test("Scripts/fuzz compiles what its modules import before them")
    func fuzz() throws {
        let arrows = try PackageManifest.arrows()
        let script = try String(contentsOfFile: Repository.path("Scripts/fuzz"), encoding: .utf8)
        let list = try #require(script.firstMatch(of: #/\nmodules=\(([^)]*)\)/#)).1
        var compiled: Set<String> = []
        for module in list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) {
            let imported = (arrows[module] ?? []).intersection(arrows.keys)
            #expect(imported.isSubset(of: compiled), "\(module) before \(imported.subtracting(compiled).sorted())")
            compiled.insert(module)
        }
        #expect(compiled.count > 5)
    }
}
