import ConfigLanguages
import TestSupport
import Testing

@testable import ConnectorBackends

@Suite("nginx files in a real nginx", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxRealTests {
    @Test(
        "nginx accepts what is written without a word",
        arguments: [
            NginxSpecs.plain(), NginxSpecs.plain(nginx: "{ metadata: proxied }"),
            NginxSpecs.plain(connector: "    verify: application"), NginxSpecs.plain(connector: "    cors: off"),
            NginxSpecs.plain().replacing("https://mcp.example.com/mcp", with: "http://[::1]:8780/mcp"),
        ])
    func clean(spec: String) throws {
        let rendered = try RenderedNginx(spec)
        #expect(rendered.diagnostics.isEmpty)
        let (status, output) = try rendered.scratch().test()
        #expect(output == "")
        #expect(status == 0)
    }

    @Test(
        "names and origins of every length fit into nginx's hashes",
        arguments: [
            ("production-farm", "knowledge-base", "https://claude.ai"),
            ("example", "mcp", "https://my-company-production-frontend.vercel.app"),
        ] + (0..<16).map(Self.lengths))
    func hashes(name: String, connector: String, origin: String) throws {
        let rendered = try RenderedNginx(
            NginxSpecs.plain(connector: "    cors: nginx\n    allowed_origins: [\"\(origin)\", https://a.example]")
                .replacing("name: example", with: "name: \(name)").replacing("  mcp:", with: "  \(connector):"))
        #expect(rendered.diagnostics.isEmpty)
        #expect(try rendered.scratch().test() == (0, ""))
    }

    /// Names of 1 to 63 bytes and origins of 11 to 253, the longest of each among them.
    private static func lengths(_ index: Int) -> (String, String, String) {
        func name(_ length: Int) -> String { "n" + String(repeating: "x", count: length - 1) }
        let labels = (0...(index / 4)).map { _ in String(repeating: "o", count: index % 4 == 3 ? 60 : 1 + index * 2) }
        return (
            name(1 + index * 62 / 15), name(63 - index * 62 / 15), "https://\(labels.joined(separator: ".")).example"
        )
    }

    @Test("two names that begin alike have variables of their own")
    func shortened() throws {
        let long = String(repeating: "x", count: 60)
        let names = try ["a", "b", "-"].map { try NginxVariable("connectorgen_target", of: long + $0).name }
        #expect(Set(names).count == 3)
        #expect(names.allSatisfy { $0.utf8.count == 46 })
    }

    @Test("a wide deployment is accepted too")
    func wide() throws {
        let rendered = try RenderedNginx(NginxSpecs.wide)
        let resolvable = ["files.internal.example.com:443": "127.0.0.1:443"]
        let (status, output) = try rendered.scratch(replacing: resolvable).test()
        #expect(output == "")
        #expect(status == 0)
    }
}
