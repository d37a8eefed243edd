import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import Testing

@testable import ConnectorBackends

@Suite("nginx snippets")
struct NginxSnippetTests {
    /// Everything that a transport can say of itself, at once.
    private static let full = NginxSpecs.plain(
        connector: """
                rate_limit: 10/s burst 20
                host_header: upstream
                max_body: 64k
                read_timeout: 90s
                cors: nginx
                allowed_origins: [https://claude.ai]
                legacy_aliases: [{ path: /old, sunset: 2099-03-31 }]
                openai_apps_challenge: abc
            """
    ).replacing("http://127.0.0.1:3930", with: "https://files.internal.example.com")

    private static let specs = [
        full, full.replacing("files.internal.example.com", with: "files.internal.example.com/api/mcp"),
        NginxSpecs.plain(), NginxSpecs.wide, InheritanceSite.spec(metadata: "static"),
        InheritanceSite.spec(metadata: "proxied"), NginxSpecs.plain(nginx: "{ version: \"1.30\" }"),
    ]

    /// The lines of each block of a file, from its first word to its brace.
    private static func blocks(_ text: String) -> [[Substring]] {
        var blocks: [[Substring]] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if line.first != " ", line.hasSuffix("{") { blocks.append([]) }
            if line.first == " " || line.hasSuffix("{") || line == "}", !blocks.isEmpty {
                blocks[blocks.count - 1].append(line)
            }
        }
        return blocks
    }

    @Test("a location is at most ten lines", arguments: ExampleGoldenTests.names.map(example) + specs)
    func tenLines(spec: String) throws {
        let rendered = try RenderedNginx(spec)
        var locations = 0
        for artifact in rendered.artifacts where artifact.path != "nginx/connectorgen-http.conf" {
            for block in Self.blocks(String(decoding: artifact.bytes, as: UTF8.self))
            where block[0].hasPrefix("location ") {
                #expect(block.count <= 10, "\(block.joined(separator: "\n"))")
                #expect(block.last == "}", "\(artifact.path)")
                locations += 1
            }
        }
        #expect(locations > 10)
    }

    private static func example(_ name: String) -> String {
        (try? ExampleGoldenTests.text(name)) ?? ""
    }

    @Test(
        "every snippet is included, and every file that is included is written, by one path without a pattern",
        arguments: ExampleGoldenTests.names.map(example) + specs)
    func complete(spec: String) throws {
        let rendered = try RenderedNginx(spec)
        let folder = try #require(rendered.plan.nginx?.includeFolder)
        let included = rendered.artifacts.flatMap { artifact in
            String(decoding: artifact.bytes, as: UTF8.self).split(separator: "\n")
                .map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("include ") }
        }
        let paths = try included.map { line in
            #expect(line.hasPrefix("include \(folder)/") && line.hasSuffix(".conf;"), "\(line)")
            #expect(!line.contains { "*?[\"'".contains($0) }, "\(line)")
            return try "nginx/" + #require(line.split(separator: folder + "/").last).dropLast()
        }
        let snippets = rendered.artifacts.map(\.path).filter { $0.hasPrefix("nginx/snippets/") }
        #expect(Set(snippets).count == snippets.count)
        let outermost = Set(rendered.hostFiles + ["nginx/connectorgen-http.conf", "nginx/map-hash.conf"])
        #expect(Set(paths) == Set(rendered.artifacts.map(\.path)).subtracting(outermost))
        for path in snippets { #expect(path.utf8.count < 240, "\(path)") }
    }

    @Test("what a spec says of a transport is found in its snippet, at the line that says it")
    func origins() throws {
        let rendered = try RenderedNginx(Self.full)
        let lines = Self.full.split(separator: "\n", omittingEmptySubsequences: false)
        let path = "nginx/snippets/transport-edge-90s-64k-origins-1-cors-nginx.conf"
        let artifact = try #require(rendered.artifacts.first { $0.path == path })
        let text = rendered.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        for (key, directive) in [
            ("read_timeout", "proxy_read_timeout 90s;"), ("max_body", "client_max_body_size 64k;"),
            ("allowed_origins", "error_page 401 = @"), ("cors", "proxy_hide_header Access-Control-Allow-Origin;"),
        ] {
            let written = try #require(lines.firstIndex { $0.contains("\(key): ") })
            let line = try #require(text.firstIndex { $0.hasPrefix(directive.replacing(" = @", with: " @")) }) + 1
            let run = try #require(artifact.provenance.first { $0.lines.contains(line) }, "\(key)")
            let starts = run.origins.map { origin in
                Self.full.utf8.prefix(origin.start).count { $0 == UInt8(ascii: "\n") }
            }
            #expect(starts.contains(written), "\(key)")
        }
    }

    @Test("an upstream that reads a host of its own is told no other one")
    func ownHost() throws {
        let rendered = try RenderedNginx(Self.full)
        let location = rendered.location("location = /mcp {", in: "nginx/mcp.example.com.conf")
        #expect(
            location.filter { $0.hasPrefix("    proxy_set_header Host ") }
                == ["    proxy_set_header Host files.internal.example.com;"])
        #expect(location.contains("    proxy_set_header X-Forwarded-Host mcp.example.com;"))
        #expect(location.contains("    proxy_ssl_verify on;"))
    }

    @Test("the folder of the spec stands in every include")
    func includeFolder() throws {
        let rendered = try RenderedNginx(NginxSpecs.plain(nginx: "{ include_dir: my/nginx }"))
        let text = rendered.text("nginx/mcp.example.com.conf")
        #expect(text.contains("    include my/nginx/snippets/endpoint.conf;\n"))
        #expect(!text.contains("/etc/nginx"))
    }

    @Test("files of a host of the greatest length have names that a file system takes, and no other host's")
    func longHost() throws {
        let labels = Array(repeating: String(repeating: "a", count: 60), count: 4).joined(separator: ".")
        let stems = try ["x.example", "y.example"].map { last in
            let rendered = try RenderedNginx(
                NginxSpecs.plain().replacing("mcp.example.com", with: "\(labels).\(last)"))
            #expect(rendered.artifacts.allSatisfy { $0.path.split(separator: "/").allSatisfy { $0.utf8.count < 256 } })
            return try #require(rendered.plan.edge.hosts.first).fileStem
        }
        #expect(stems[0] != stems[1] && stems.allSatisfy { $0.utf8.count == 149 })
    }
}
