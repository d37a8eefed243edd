import TestSupport
import Testing

@testable import ConnectorBackends

@Suite("a good guest on a host", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct HostEtiquetteTests {
    private static func spec(
        _ name: String, path: String, ports: (Int, Int, Int), mode: String? = nil, nginx: String = ""
    ) -> String {
        let issuer =
            mode ?? """
                  url: https://site.example.com\(path)
                  mode: local
                  users: { file: /etc/connectorgen/users }
                  store: { sqlite: /var/lib/connectorgen/\(name).db }
                """
        return """
            version: 1
            name: \(name)
            issuer:
            \(issuer)
              listen: 127.0.0.1:\(ports.0)
              private_listen: 127.0.0.1:\(ports.1)
            connectors:
              mcp:
                public_url: https://site.example.com\(path)
                upstream: http://127.0.0.1:\(ports.2)
                client_id: cid_\(name)
                scopes: [mcp.tools]
                \(mode == nil ? "rate_limit: 10/s burst 20" : "verify: application")
            targets:
              nginx: { server_names: [site.example.com], include_dir: \(name)\(nginx) }
            """
    }

    private static func external(_ url: String) -> String {
        """
          url: \(url)
          mode: external
          registration: [dcr]
        """
    }

    private static let guest = ", guest_on: [site.example.com]"

    /// One that owns the root of the host, and two guests.
    private static func three() throws -> [(folder: String, rendered: RenderedNginx)] {
        [
            ("one", try RenderedNginx(spec("one", path: "/mcp", ports: (8719, 8720, 3930)))),
            ("two", try RenderedNginx(spec("two", path: "/two", ports: (8729, 8730, 3940), nginx: guest))),
            (
                "three",
                try RenderedNginx(
                    spec(
                        "three", path: "/three/mcp", ports: (8739, 8740, 3950),
                        mode: external("https://login.example.com"), nginx: guest))
            ),
        ]
    }

    @Test("every other URL of a host answers byte for byte as before, with one deployment, two and three, and without")
    func others() throws {
        let site = try HostSite(try Self.three())
        #expect(HostSite.requests.count >= 60 && site.count >= 6)
        var before: [String] = []
        var port: Int?
        for included in [[], [0], [0, 1], [0, 1, 2], [1, 2], [2], []] as [[Int]] {
            let nginx = try site.nginx(included, port: port)
            #expect(try nginx.test() == (0, ""), "\(included)")
            try nginx.start()
            defer { nginx.stop() }
            port = nginx.port
            var answers: [String] = []
            for shape in 0..<site.count {
                for request in HostSite.requests { answers.append(try HostSite.ask(nginx, shape: shape, request)) }
            }
            if before.isEmpty { before = answers }
            for (index, (old, new)) in zip(before, answers).enumerated() where old != new {
                let request = HostSite.requests[index % HostSite.requests.count]
                Issue.record("\(included), shape \(index / HostSite.requests.count), \(request): \(old)\n->\n\(new)")
            }
        }
        // The shapes are told apart, and the site answers at all.
        #expect(Set(before).count > 100 && before.count { $0.contains(" 200 ") } > 100)
    }

    @Test("names that clients ask for and nobody serves are 404 in every shape, where a page would leave them hanging")
    func unserved() throws {
        let site = try HostSite(try Self.three())
        let nginx = try site.nginx([0, 1, 2])
        try nginx.start()
        let names = ["oauth-authorization-server", "openid-configuration", "mcp"].flatMap {
            [$0, "\($0)/", "\($0)/x/y"]
        }
        for shape in 0..<site.count {
            for name in names + ["mcp.json", "oauth-protected-resource/", "oauth-protected-resource/none"] {
                let answer = try RawHTTP.request(
                    "GET", "/.well-known/\(name)", host: "shape-\(shape)", port: nginx.port)
                #expect(answer.status == 404 && answer.text == #"{"error":"not_found"}"#, "\(shape) \(name)")
            }
            for (path, status) in [("/mcp", 200), ("/two", 200), ("/three/mcp", 200), ("", 200)] {
                let answer = try RawHTTP.request(
                    "GET", "/.well-known/oauth-protected-resource\(path)", host: "shape-\(shape)", port: nginx.port)
                #expect(answer.status == status && answer.header("Content-Type") == "application/json", "\(path)")
            }
        }
    }

    @Test("an authorization server in the application of the host goes on serving its documents")
    func ownAuthorizationServer() throws {
        let rendered = try RenderedNginx(
            Self.spec(
                "three", path: "/mcp", ports: (8739, 8740, 3950), mode: Self.external("https://site.example.com")))
        let site = try HostSite([("three", rendered)])
        let requests = ["oauth-authorization-server", "openid-configuration", "oauth-authorization-server/x"].map {
            (method: "GET", target: "/.well-known/\($0)")
        }
        var answers: [[String]] = []
        for included in [[], [0]] {
            let nginx = try site.nginx(included)
            try nginx.start()
            answers.append(
                try (0..<site.count).flatMap { shape in
                    try requests.map { try HostSite.ask(nginx, shape: shape, $0) }
                })
            nginx.stop()
        }
        #expect(answers[0] == answers[1])
        #expect(answers[0].contains { $0.contains("the site's .well-known/openid-configuration") })
    }

    // MARK: headers of the site

    private static let headers = [
        ("Strict-Transport-Security", "max-age=31536000"), ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'self'"), ("X-Site", "one, two"),
    ]

    @Test("headers of the site are on what we answer, each once, and its policies are not on the sign-in")
    func siteHeaders() throws {
        let listed = Self.headers.map { "\($0.0): \"\($0.1)\"" }.joined(separator: ", ")
        let file = Self.headers.map { "add_header \($0.0) \"\($0.1)\" always;" }.joined(separator: "\n")
        for setting in ["{ \(listed) }", "headers.conf"] {
            let spec = Self.spec(
                "one", path: "/mcp", ports: (8719, 8720, 3930), nginx: ", site_headers: \(setting)"
            ).replacing("10/s burst 20", with: "10/s burst 20\n    openai_apps_challenge: abc")
            let rendered = try RenderedNginx(spec)
            #expect(rendered.diagnostics.isEmpty)
            let server = try EchoUpstream(name: "server") { _ in .init(401, [], "") }
            let http = rendered.text("nginx/connectorgen-http.conf")
                .replacing("127.0.0.1:8719", with: "127.0.0.1:\(server.port)")
                .replacing("127.0.0.1:8720", with: "127.0.0.1:\(server.port)")
            let files = rendered.artifacts.filter { $0.path != "nginx/connectorgen-http.conf" }
                .map { ("one/" + $0.path.dropFirst("nginx/".count), $0.bytes) }
            let nginx = try ScratchNginx(
                http: "include one/connectorgen-http.conf;",
                servers: """
                    server { listen 127.0.0.1:{PORT}; server_name site; include headers.conf;
                    include one/site.example.com.conf; location / { return 200 site; } }
                    """,
                files: files + [
                    ("one/connectorgen-http.conf", Array(http.utf8)), ("headers.conf", Array(file.utf8)),
                ])
            #expect(try nginx.test() == (0, ""))
            try nginx.start()
            let isFile = setting == "headers.conf"
            for (target, status) in [
                ("/", 200), ("/.well-known/oauth-protected-resource/mcp", 200), ("/.well-known/mcp", 404),
                ("/.well-known/openai-apps-challenge", 200), ("/mcp", 401), ("/mcp/.well-known/x", 404),
            ] {
                let answer = try RawHTTP.request("GET", target, host: "site", port: nginx.port)
                #expect(answer.status == status, "\(target)")
                for (name, value) in Self.headers {
                    let values = answer.values(name)
                    #expect(Set(values) == [value], "\(setting) \(target) \(name)")
                    #expect(values.count == 1 || isFile && name == "X-Content-Type-Options", "\(target) \(name)")
                }
            }
            let page = try RawHTTP.request("GET", "/mcp/login", host: "site", port: nginx.port)
            #expect(page.values("Content-Security-Policy") == [] && page.values("X-Content-Type-Options") == [])
            #expect(page.values("Strict-Transport-Security") == (isFile ? [] : ["max-age=31536000"]))
        }
    }

    @Test("from 1.29.3 on nginx merges, and a spec's list has nothing to do")
    func merged() throws {
        let spec = Self.spec(
            "one", path: "/mcp", ports: (8719, 8720, 3930),
            nginx: ", version: \"1.29.3\", site_headers: { X-Site: a }")
        let rendered = try RenderedNginx(spec)
        for snippet in ["document", "not-found", "transport-edge", "answer"] {
            let text = rendered.text("nginx/snippets/\(snippet).conf")
            #expect(text.contains("add_header_inherit merge;") && !text.contains("X-Site"), "\(snippet)")
        }
        #expect(rendered.text("nginx/snippets/endpoint.conf").contains("add_header_inherit off;"))
    }

    @Test("what nginx takes once, for all deployments, is in a file of its own")
    func onceForAll() throws {
        let origin = "    cors: nginx\n    allowed_origins: [https://my-company-production-frontend.vercel.app]"
        let rendered = try RenderedNginx(NginxSpecs.plain(connector: origin))
        #expect(rendered.text("nginx/map-hash.conf").contains("\nmap_hash_bucket_size 256;\n"))
        #expect(!rendered.text("nginx/connectorgen-http.conf").contains("map_hash_bucket_size"))
        #expect(try RenderedNginx(NginxSpecs.plain()).text("nginx/map-hash.conf") == "")
    }
}
