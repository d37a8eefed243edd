import TestSupport
import Testing

@Suite("nginx files in a real nginx", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxRealTests {
    @Test(
        "nginx accepts what is written without a word",
        arguments: [
            NginxSpecs.plain(), NginxSpecs.plain(nginx: "{ metadata: proxied }"),
            NginxSpecs.plain(connector: "    verify: application"), NginxSpecs.plain(connector: "    cors: off"),
        ])
    func clean(spec: String) throws {
        let rendered = try RenderedNginx(spec)
        #expect(rendered.diagnostics.isEmpty)
        let (status, output) = try rendered.scratch().test()
        #expect(output == "")
        #expect(status == 0)
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
