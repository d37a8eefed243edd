import ConnectorBackends
import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import RuntimeConfig
import Testing

@Suite("compiling is all or nothing")
struct CompilationTests {
    static func compile(_ text: String, only: [String]? = nil) -> Compilation {
        var options = CompilationOptions()
        options.only = only
        return Compilation.compile(SourceFile(path: "some/where/connector.yaml", text: text), options: options)
    }

    static func dexter() throws -> String {
        String(decoding: try ExampleGoldenTests.compile("dexter").sources[FileID(0)].bytes, as: UTF8.self)
    }

    @Test(
        "a spec with an error has no artifacts",
        arguments: [
            ("client_id: cid_3b7e0c94d1f84a6f9a52c6d80e17b4a3", "client_id:"),
            ("aliases: [/mcp2]", "aliases: [/mcp/token]"), ("mode: upstream", "mode: downstream"),
            ("name: dexter", "name: ["),
        ])
    func nothing(right: String, wrong: String) throws {
        let text = try Self.dexter().replacing(right, with: wrong)
        let compilation = Self.compile(text)
        #expect(compilation.artifacts.isEmpty && compilation.diagnostics.hasErrors)
    }

    @Test("the runtime config is read back as it was planned")
    func runtime() throws {
        for name in ExampleGoldenTests.names {
            let compilation = try ExampleGoldenTests.compile(name)
            let artifact = try #require(compilation.artifacts.first { $0.path == RuntimeBackend.path })
            let file = SourceFile(path: artifact.path, bytes: artifact.bytes)
            let (config, diagnostics) = RuntimeConfig.decode(file, id: FileID(0))
            #expect(diagnostics.map(\.message) == [], "\(name)")
            #expect(config == compilation.plan?.runtime, "\(name)")
        }
    }

    @Test("an unknown output is met with the nearest name")
    func unknownBackend() throws {
        let compilation = Self.compile(try Self.dexter(), only: ["ngnix"])
        #expect(compilation.diagnostics.map(\.help) == ["did you mean nginx?"])
        #expect(compilation.artifacts.isEmpty)
    }

    @Test("no output names a folder of the machine")
    func folders() throws {
        let compilation = Self.compile(try Self.dexter())
        for artifact in compilation.artifacts {
            #expect(!String(decoding: artifact.bytes, as: UTF8.self).contains("some/where"), "\(artifact.path)")
        }
    }

    @Test("every byte sequence compiles to findings or files, never a trap")
    func mutilated() throws {
        let bytes = Array(try Self.dexter().utf8)
        for cut in stride(from: 0, to: bytes.count, by: 97) {
            let text = String(decoding: bytes[..<cut] + bytes[min(cut + 40, bytes.count)...], as: UTF8.self)
            let compilation = Self.compile(text)
            #expect(compilation.artifacts.isEmpty == compilation.diagnostics.hasErrors, "cut at \(cut)")
        }
    }
}
