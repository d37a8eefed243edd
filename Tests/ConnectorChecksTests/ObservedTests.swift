import ConnectorChecks
import Diagnostics
import Testing

@Suite("observed nginx files beside a spec")
struct ObservedTests {
    private func codes(_ sites: String..., targets: String = "targets: { nginx: {} }") -> [String] {
        let files = sites.enumerated().map { index, text in
            RuleExample.File(name: index == 0 ? "site.conf" : "part\(index).conf", text: text, marks: [])
        }
        let found = check([RuleExample(top: targets).source] + files).check.diagnostics
        return found.filter { $0.code.number >= 800 }.map { "\($0.code) \($0.severity.rawValue)" }
    }

    private func site(_ name: String, _ lines: String = "include connectorgen/demo/mcp.example.com.conf;") -> String {
        "server { listen 443 ssl; server_name \(name); \(lines) }"
    }

    @Test(
        "a server block has a host by its name, by a wildcard at either end, in any case",
        arguments: [
            "mcp.example.com", "MCP.Example.COM", "a.example mcp.example.com", "*.example.com", ".example.com",
            ".mcp.example.com", "mcp.example.*", "mcp.*",
        ])
    func covered(name: String) {
        #expect(codes(site(name)).isEmpty)
    }

    @Test(
        "another name, or a wildcard for what is below the host, does not have it",
        arguments: ["example.com", "*.mcp.example.com", "xmcp.example.com", "_", "mcp.example", "\"\""])
    func uncovered(name: String) {
        #expect(codes(site(name)) == ["CG811 warning"])
    }

    @Test("a regular expression may have any host, so that nothing is said")
    func expression() {
        #expect(codes(site("~^mcp"), site("www.example.com")).isEmpty)
    }

    @Test(
        "an include is followed to the files that were given, and of the others the finding says that they were not seen"
    )
    func includes() {
        let outer = site("mcp.example.com", "include /etc/nginx/part1.conf;")
        #expect(codes(outer, "include connectorgen/demo/*.conf;\n").isEmpty)
        #expect(codes(outer, "client_max_body_size 1m;\n") == ["CG812 error"])
        #expect(codes(outer) == ["CG812 warning"])
        #expect(codes(outer, "location = /mcp { return 204; }\n").contains("CG813 error"))
    }

    @Test("files that include each other come to an end")
    func loop() {
        #expect(codes(site("mcp.example.com", "include part1.conf;"), "include part1.conf;\n") == ["CG812 error"])
    }

    @Test("a block without TLS is asked where there is none with it, and a redirect to https is none")
    func schemes() {
        let plain = "server { listen 80; server_name mcp.example.com; return 301 https://$host$request_uri; }\n"
        #expect(codes(plain + site("mcp.example.com")).isEmpty)
        #expect(codes(plain) == ["CG812 error"])
        #expect(codes("http { \(site("mcp.example.com")) }").isEmpty)
    }

    @Test("a generated location meets an own one of the same kind alone")
    func locations() {
        func own(_ location: String) -> [String] {
            codes(site("mcp.example.com", "include connectorgen/demo/*.conf; location \(location) { }"))
        }
        #expect(own("= /mcp") == ["CG813 error"] && own("=/mcp") == ["CG813 error"])
        #expect(own("/mcp/") == ["CG813 error"] && own("^~ /mcp/") == ["CG813 error"])
        #expect(own("/mcp").isEmpty && own("= /mcp/x/").count == 1 && own("~ ^/mcp/").isEmpty && own("@mcp").isEmpty)
        #expect(own("= /mcp/") == ["CG814 warning"] && own("/mcp/x") == ["CG814 warning"])
        #expect(own("= /.well-known/security.txt").isEmpty)
    }

    @Test("what cannot be read is said, and nothing is concluded from what is not in it")
    func unreadable() {
        #expect(codes("server { listen 443 ssl; server_name www.example.com }") == ["CG810 error"])
    }

    @Test("without an nginx target there is nothing that a block could include")
    func noTarget() {
        #expect(codes(site("www.example.com", ""), targets: "").isEmpty)
    }

    @Test("a comment of the spec about a deployed file is not unused where no file was given")
    func undecided() {
        let text = RuleExample(top: "# connectorgen: allow CG811 -- another machine\ntargets: { nginx: {} }").source
            .text
        #expect(!check(text).check.diagnostics.contains { $0.code == .unusedSuppression })
    }
}
