import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite("the examples compile to what is kept beside them")
struct ExampleGoldenTests {
    static let names = [
        "quickstart", "dexter", "auth0-proxy", "keycloak-farm", "own-issuer", "compose-tunnel", "single-page-app",
        "two-on-one-host/notes", "two-on-one-host/tasks", "keycloak-beside",
    ]

    static func compile(_ name: String) throws -> Compilation {
        Compilation.compile(SourceFile(path: path(name), text: try text(name)))
    }

    /// The spec of an example.
    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: Repository.path(path(name)), encoding: .utf8)
    }

    private static func path(_ name: String) -> String { "examples/\(name)/connector.yaml" }

    @Test("every file of out/ is as it was recorded", arguments: names)
    func golden(name: String) throws {
        let compilation = try Self.compile(name)
        #expect(compilation.diagnostics.map(\.message) == [])
        let files = compilation.artifacts.map { (path: $0.path, bytes: $0.bytes) }
        for difference in try GoldenTree("examples/\(name)/out").differences(from: files) {
            Issue.record("\(difference)")
        }
    }

    @Test("artifacts are sorted by path and stay below their folders", arguments: names)
    func paths(name: String) throws {
        let paths = try Self.compile(name).artifacts.map(\.path)
        #expect(paths == paths.sorted())
        for path in paths { #expect(!path.hasPrefix("/") && !path.contains("..")) }
    }

    @Test("provenance stays within its file, in order and without overlap", arguments: names)
    func provenance(name: String) throws {
        for artifact in try Self.compile(name).artifacts {
            let lines = artifact.bytes.count { $0 == UInt8(ascii: "\n") }
            var last = 0
            for run in artifact.provenance {
                #expect(run.lines.lowerBound > last, "\(artifact.path)")
                #expect(!run.origins.isEmpty, "\(artifact.path):\(run.lines.lowerBound)")
                last = run.lines.upperBound
            }
            #expect(last <= lines, "\(artifact.path)")
        }
    }

    @Test("two compilations give the same bytes", arguments: names)
    func deterministic(name: String) throws {
        let first = try Self.compile(name).artifacts.map(\.bytes)
        let second = try Self.compile(name).artifacts.map(\.bytes)
        #expect(first == second)
    }
}
