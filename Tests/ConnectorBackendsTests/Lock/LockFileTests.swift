import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import Testing

@Suite("the lock and the map can be read back")
struct LockFileTests {
    static func read(_ artifact: Artifact) -> (SourceFile, FileID) {
        (SourceFile(path: artifact.path, bytes: artifact.bytes), FileID(0))
    }

    @Test("the lock of an example names every other output, sorted, with its digest")
    func lock() throws {
        let artifacts = try ExampleGoldenTests.compile("dexter").artifacts
        let artifact = try #require(artifacts.first { $0.path == LockFile.path })
        let (file, id) = Self.read(artifact)
        let (lock, diagnostics) = LockFile.read(file, id: id)
        #expect(diagnostics.isEmpty)
        let read = try #require(lock)
        #expect(read.outputs == artifacts.filter { $0.path != LockFile.path }.map(LockFile.Output.init))
        #expect(read.specName == "connector.yaml" && read.specDigest.utf8.count == 64)
    }

    @Test("the map leads every run of output lines to lines of the spec")
    func map() throws {
        let artifacts = try ExampleGoldenTests.compile("dexter").artifacts
        let artifact = try #require(artifacts.first { $0.path == ProvenanceMap.path })
        let (file, id) = Self.read(artifact)
        let map = try #require(ProvenanceMap.read(file, id: id).map)
        #expect(map.entries.count == artifacts.map(\.provenance.count).reduce(0, +))
        let runbook = try #require(artifacts.first { $0.path == "runbook.md" })
        let lines = String(decoding: runbook.bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let sunset = try #require(lines.firstIndex { $0.contains("/api/connector/oauth/token") }) + 1
        let spec = try String(decoding: Self.specBytes(), as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(map.entry(for: "runbook.md", line: sunset)?.specLines.first)
        #expect(spec[line - 1].contains("/api/connector/oauth"))
    }

    private static func specBytes() throws -> [UInt8] {
        try ExampleGoldenTests.compile("dexter").sources[FileID(0)].bytes
    }

    @Test(
        "what is no lock is refused with a finding",
        arguments: [
            "", "lockVersion: 2", "lockVersion: 1", "lockVersion: 1\noutputs: [{ path: x }]", "- 1", "\u{0}",
        ])
    func hostileLock(text: String) {
        let (lock, diagnostics) = LockFile.read(SourceFile(path: "connectorgen.lock", text: text), id: FileID(0))
        #expect(lock == nil && diagnostics.hasErrors)
    }

    @Test(
        "what is no line of a map is refused with its line",
        arguments: [
            "runbook.md", "runbook.md\t1\t2", "runbook.md\t2-1\t2", "\t1-1\t1", "a\t0-1\t1", "a\t1-1\tx", "a\t+1-1\t1",
        ])
    func hostileMap(text: String) {
        let file = SourceFile(path: "connectorgen.map", text: "# banner\n\(text)\n")
        let (map, diagnostics) = ProvenanceMap.read(file, id: FileID(0))
        #expect(map == nil && diagnostics.first?.message.hasPrefix("connectorgen.map:2 ") == true)
    }

    @Test("a partial build keeps what the others made in the lock and in the map")
    func partial() throws {
        let whole = try ExampleGoldenTests.compile("dexter")
        let lockArtifact = try #require(whole.artifacts.first { $0.path == LockFile.path })
        let mapArtifact = try #require(whole.artifacts.first { $0.path == ProvenanceMap.path })
        var options = CompilationOptions()
        options.only = ["runtime"]
        let (lockFile, id) = Self.read(lockArtifact)
        options.previousLock = LockFile.read(lockFile, id: id).lock
        options.previousMap = ProvenanceMap.read(Self.read(mapArtifact).0, id: id).map
        let part = Compilation.compile(whole.sources[FileID(0)], options: options)
        #expect(
            part.artifacts.map(\.path) == ["connectorgen.lock", "connectorgen.map", "runtime/connectorgen-auth.json"])
        #expect(part.artifacts.first?.bytes == lockArtifact.bytes)
        #expect(part.artifacts.dropFirst().first?.bytes == mapArtifact.bytes)
    }
}
