import ConfigLanguages
import Diagnostics
import EdgeModel
import Testing

@Suite("the way of a request through nginx")
struct NginxTraceTests {
    private func edge(_ files: [(String, String)]) throws -> NginxEdge {
        NginxEdge(
            try files.enumerated().map { index, file in
                let parsed = NginxParser.parse(Array(file.1.utf8), file: FileID(index))
                try #require(parsed.problems.isEmpty)
                return NginxEdge.File(path: file.0, block: parsed.file)
            })
    }

    /// In one word: a status, an upstream and its target, a file, or why it is not known.
    private func answer(
        _ edge: NginxEdge, _ method: String = "GET", at url: String, headers: [EdgeRequest.Header] = [],
        authorization: Int = 200
    ) throws -> String {
        let request = try #require(EdgeRequest(method, url: url, headers: headers))
        switch edge.trace(request, assuming: EdgeAssumptions(authorization: authorization)).outcome {
        case .answered(let status, let location, _): return "\(status)" + (location.map { " \($0)" } ?? "")
        case .proxied(let upstream): return "\(upstream.server)\(upstream.target)"
        case .file(let path): return "file \(path)"
        case .handed(let place): return "handed \(place)"
        case .closed: return "closed"
        case .unknown(let reason): return "unknown: \(reason)"
        }
    }

    private func server(_ lines: String) -> [(String, String)] {
        [("site.conf", "server { listen 443 ssl; server_name mcp.example.com; \(lines) }")]
    }

    @Test(
        "a path is normalised before a location is looked for",
        arguments: [
            ("/%6dcp", "exact"), ("//mcp", "exact"), ("/./mcp", "exact"), ("/x/../mcp", "exact"),
            ("/x/..%2fmcp", "exact"),
            ("/mcp?x=1", "exact"), ("/mcp%2f", "below"), ("/mcp%2fx", "below"), ("/mcp//x", "below"),
            ("/mcp%3fx", "other"), ("/mcp;x", "other"), ("/MCP", "other"), ("/mcpx", "other"), ("/mcp/..", "other"),
        ])
    func normalisation(target: String, location: String) throws {
        let edge = try edge(
            server(
                "location = /mcp { proxy_pass http://exact; } location ^~ /mcp/ { proxy_pass http://below; }"
                    + " location / { proxy_pass http://other; }"))
        #expect(try answer(edge, at: "https://mcp.example.com\(target)").hasPrefix("\(location)/"))
    }

    @Test("what cannot be read is 400", arguments: ["/..", "/%00", "/%zz", "/a/%", "/a/../.."])
    func unreadable(target: String) throws {
        #expect(try answer(edge(server("return 204;")), at: "https://mcp.example.com\(target)") == "400")
    }

    @Test(
        "the mistakes of vhosts",
        arguments: [
            // A dot rule hides what no exact location has.
            (
                "location / { proxy_pass http://app; } location ~ /\\. { deny all; }", "GET", "/.well-known/jwks.json",
                "403"
            ),
            (
                "location ^~ /.well-known/ { proxy_pass http://app; } location ~ /\\. { deny all; }", "GET",
                "/.well-known/x",
                "app/.well-known/x"
            ),
            // The slash is told by a redirect, which loses a POST.
            ("location /mcp/ { proxy_pass http://app; }", "POST", "/mcp", "301 https://mcp.example.com/mcp/"),
            ("location /mcp/ { return 204; } ", "POST", "/mcp", "file html/mcp"),
            // A single-page application answers for what nobody serves.
            (
                "root /srv; location / { try_files $uri $uri/ /index.html; } location = /index.html { }", "GET",
                "/.well-known/oauth-authorization-server", "file /srv/index.html"
            ),
            // `return` comes before the question for a token, and `error_page` may answer a refusal with the upstream.
            (
                "location /mcp { auth_request /v; return 200; } location = /v { proxy_pass http://judge; }", "POST",
                "/mcp", "200"
            ),
            (
                "location /mcp { auth_request /v; proxy_pass http://app; error_page 401 = @open; } location = /v { proxy_pass http://judge; }"
                    + " location @open { proxy_pass http://app; }", "POST", "/mcp", "app/mcp"
            ),
            (
                "location /mcp { auth_request /v; proxy_pass http://app; } location = /v { proxy_pass http://judge; }",
                "POST",
                "/mcp", "401"
            ),
            // A variable needs a resolver, and loses the query.
            ("set $u app.internal; location /mcp { proxy_pass http://$u; }", "POST", "/mcp", "502"),
            (
                "resolver 127.0.0.1; set $u app.internal; location /mcp { proxy_pass http://$u/x; }", "GET", "/mcp?a=1",
                "app.internal/x"
            ),
            ("location /u4 { proxy_pass http://app/base; }", "GET", "/u4x", "app/basex"),
            ("location /u5 { proxy_pass http://app/base/; }", "GET", "/u5/x", "app/base//x"),
            ("location /u1/ { proxy_pass http://app/; }", "GET", "/u1/a//b/../c%2Fd%20e?q=%2F", "app/a/c/d%20e?q=%2F"),
            (
                "location /n { proxy_pass http://app; }", "GET", "/n/a//b/../c%2Fd%20e?q=%2F",
                "app/n/a//b/../c%2Fd%20e?q=%2F"
            ),
            (
                "location / { js_content site.answer; }", "GET", "/",
                "unknown: `js_content` is a program, and what it answers is not known here"
            ),
            ("location ~ (?<=x)y { return 204; }", "GET", "/xy", "unknown: a regular expression cannot be read here"),
            (
                "return 301 https://other.example$request_uri; location = /mcp { proxy_pass http://app; }", "POST",
                "/mcp?a",
                "301 https://other.example/mcp?a"
            ),
        ])
    func mistakes(lines: String, method: String, target: String, expected: String) throws {
        #expect(
            try answer(edge(server(lines)), method, at: "https://mcp.example.com\(target)", authorization: 401)
                == expected)
    }

    @Test("an upstream gets the headers of the innermost level that has any, and none that the client smuggles")
    func headers() throws {
        let edge = try edge(
            server(
                "proxy_set_header X-Outer 1; location /a { proxy_pass http://app; }"
                    + " location /b { proxy_set_header X-User \"\"; proxy_pass http://app; }"))
        let sent = [EdgeRequest.Header("X-User", "me"), EdgeRequest.Header("X_User", "me")]
        func upstream(_ path: String) throws -> UpstreamRequest? {
            let request = try #require(EdgeRequest(url: "https://mcp.example.com\(path)", headers: sent))
            guard case .proxied(let upstream) = edge.trace(request).outcome else { return nil }
            return upstream
        }
        #expect(try upstream("/a")?.values(of: "x-outer") == ["1"])
        #expect(try upstream("/a")?.values(of: "x-user") == ["me"])
        #expect(try upstream("/b")?.values(of: "x-outer") == [])
        #expect(try upstream("/b")?.values(of: "x-user") == [])
        #expect(try upstream("/b")?.values(of: "host") == ["app"])
    }

    @Test("includes stand where they are written, each file once, and one that is missing is told")
    func includes() throws {
        let edge = try edge([
            (
                "nginx.conf",
                "http { include sites/*.conf; include /etc/nginx/absent.conf; map $uri $kind { default app; } }"
            ),
            (
                "sites/a.conf",
                "server { listen 443 ssl; server_name mcp.example.com; include /etc/nginx/snippets/l.conf; }"
            ),
            ("snippets/l.conf", "location /mcp { proxy_pass http://$kind$request_uri; } upstream x { }"),
            ("app.conf", "upstream app { server 127.0.0.1:1; }"),
        ])
        #expect(try answer(edge, at: "https://mcp.example.com/mcp?a") == "app/mcp?a")
        #expect(edge.unseenIncludes.map { $0.arguments.first?.text } == ["/etc/nginx/absent.conf"])
    }

    @Test("the server block is chosen by exact name, then the longest wildcard, then an expression, then by default")
    func serverNames() throws {
        let names = ["www.*", "*.example.com", "~^a\\.", "a.b.example.com", "*.b.example.com", ".example.org"]
        let edge = try edge([
            (
                "s.conf",
                names.enumerated().map {
                    "server { listen 443 ssl; server_name \($1); location / { proxy_pass http://s\($0); } }"
                }.joined(separator: "\n")
            )
        ])
        let hosts = [
            ("a.b.example.com", 3), ("x.b.example.com", 4), ("x.example.com", 1), ("www.example.com", 1),
            ("www.test", 0),
            ("a.test", 2), ("example.org", 5), ("y.example.org", 5), ("nobody.test", 0), ("A.B.example.COM:443", 3),
            ("a.b.example.com.", 3),
        ]
        for (host, number) in hosts { #expect(try answer(edge, at: "https://\(host)/") == "s\(number)/", "\(host)") }
        #expect(
            try answer(edge, at: "http://www.test/") == "unknown: no server block listens on port 80")
    }

    @Test("every decision names its place, and the one that lost")
    func steps() throws {
        let edge = try edge(
            server(
                "location / { proxy_pass http://app; } location ^~ /mcp { return 204; } location ~ /mcp { return 403; }"
            ))
        let request = try #require(EdgeRequest(url: "https://mcp.example.com/mcp/x"))
        let trace = edge.trace(request)
        #expect(
            trace.steps.map(\.text) == [
                "the server block has the host `mcp.example.com`",
                "`location ^~ /mcp` is the longest prefix of the path; `location /` is shorter; its `^~` keeps `location ~ /mcp` away",
                "`return` answers",
            ])
        #expect(trace.steps.allSatisfy { $0.span != nil })
    }
}
