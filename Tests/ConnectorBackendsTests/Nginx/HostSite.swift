import ConnectorBackends
import TestSupport

/// A host as people have it, in several shapes of its server block: its files, its application, and deployments beside.
final class HostSite {
    private let folder: TemporaryFolder
    private let application: EchoUpstream
    private let deployments: [(folder: String, rendered: RenderedNginx)]

    init(_ deployments: [(folder: String, rendered: RenderedNginx)]) throws {
        self.deployments = deployments
        folder = try TemporaryFolder()
        application = try EchoUpstream(name: "site") { request in
            let head = [request.startLine] + request.headers.map { "\($0.name): \($0.value)" }
            return .init(200, [("Content-Type", "text/plain"), ("X-Application", "1")], head.joined(separator: "\n"))
        }
        let files = [
            "index.html", "404.html", "about/index.html", "app.js", "data.json", ".env", ".well-known/security.txt",
            ".well-known/apple-app-site-association", ".well-known/assetlinks.json", ".well-known/jmap",
            ".well-known/acme-challenge/token", ".well-known/mcp-registry-auth", ".well-known/matrix/server",
            ".well-known/oauth-authorization-server", ".well-known/openid-configuration", "robots.txt", "mcpx",
        ]
        for file in files { try folder.write("site/\(file)", "the site's \(file)") }
        try folder.write("acme/.well-known/acme-challenge/token", "certbot's")
    }

    private var root: String { "\(folder.path)/site" }

    /// Server blocks, by what is special about them; each has all its locations, but for the generated ones.
    private var shapes: [String] {
        let headers = """
            add_header Strict-Transport-Security max-age=31536000 always;
            add_header X-Frame-Options SAMEORIGIN;
            """
        let proxied = "proxy_pass http://127.0.0.1:\(application.port);"
        return [
            "root \(root); \(headers) location / { try_files $uri $uri/ =404; }",
            "root \(root); \(headers) location / { try_files $uri /index.html; }",
            "\(headers) location / { \(proxied) } location = /robots.txt { return 200 none; }",
            """
            root \(root); \(headers) location ~ /\\. { deny all; } location / { try_files $uri $uri/ /index.html; }
            location ^~ /.well-known/acme-challenge/ { root \(folder.path)/acme; }
            """,
            """
            root \(root); error_page 404 /404.html; error_page 403 =404 /404.html;
            location /.well-known/ { default_type text/plain; try_files $uri =404; }
            location = /.well-known/caldav { return 301 /dav/; } location /old { return 302 /new; }
            location /private { auth_basic site; auth_basic_user_file users; }
            """,
            """
            \(headers) location / { \(proxied) proxy_intercept_errors on; }
            location ~* \\.(js|json|txt)$ { root \(root); expires 30d; add_header X-Static 1; }
            location ~ ^/\\.well-known/(jmap|webfinger) { return 200 $1; } rewrite ^/moved/(.*)$ /$1 permanent;
            location /.well-known/acme-challenge/ { root \(folder.path)/acme; }
            """,
        ]
    }

    var count: Int { shapes.count }

    /// All shapes, `shape-0` and so on, each with the deployments of these indices included as the runbook says.
    func nginx(_ included: [Int], port: Int? = nil) throws -> ScratchNginx {
        let used = included.map { deployments[$0] }
        let files = used.flatMap { folder, rendered in
            rendered.artifacts.map { ("\(folder)/" + $0.path.dropFirst("nginx/".count), $0.bytes) }
        }
        let servers = shapes.enumerated().map { index, shape in
            """
            server {
                listen 127.0.0.1:{PORT};
                server_name shape-\(index);
                absolute_redirect off;
                \(used.map { "include \($0.folder)/site.example.com.conf;" }.joined(separator: "\n    "))
                \(shape)
            }
            """
        }
        return try ScratchNginx(
            http: used.map { "include \($0.folder)/connectorgen-http.conf;" }.joined(separator: "\n"),
            servers: servers.joined(separator: "\n"), files: files + [("users", Array("site:{PLAIN}site\n".utf8))],
            port: port)
    }

    /// A request, and the answer but for the time.
    static func ask(_ nginx: ScratchNginx, shape: Int, _ request: (method: String, target: String)) throws -> String {
        let answer = try RawHTTP.request(request.method, request.target, host: "shape-\(shape)", port: nginx.port)
        let fields = answer.headers.filter { !["Date", "Expires"].contains($0.name) }.map { "\($0.name): \($0.value)" }
        return ([answer.startLine] + fields + ["", answer.text]).joined(separator: "\n")
    }

    /// What no deployment has any business with.
    static let requests: [(method: String, target: String)] = {
        let wellKnown = [
            "", "/", "/security.txt", "/jmap", "/caldav", "/carddav", "/webfinger?resource=acct:a@site.example.com",
            "/host-meta", "/host-meta.json", "/nodeinfo", "/apple-app-site-association", "/assetlinks.json",
            "/change-password", "/acme-challenge/token", "/acme-challenge/none", "/acme-challenge/", "/acme-challenge",
            "/pki-validation/fileauth.txt", "/mta-sts.txt", "/matrix/client", "/matrix/server", "/did.json",
            "/gpc.json",
            "/traffic-advice", "/openpgpkey/hu/x", "/est/cacerts", "/ai-plugin.json", "/ai-catalog.json",
            "/mcp-registry-auth", "/mcpx", "/mcp.json.bak", "/oauth", "/oauth-client", "/oauth-authorization-serverx",
            "/oauth-protected-resourcex", "/openid-configurationx", "/openid-federation", "/jwks.json", "/nothing",
        ]
        let elsewhere = [
            "/", "/index.html", "/about", "/about/", "/app.js", "/app.js?v=1", "/data.json", "/missing",
            "/missing.json",
            "/old", "/moved/x", "/private", "/.env", "/.git/config", "/robots.txt", "/favicon.ico", "/mcpx", "/mcp2",
            "/MCP", "/mcp.json", "/mcp%3fx", "/mcp;x", "/x/mcp", "/tokens", "/authorizex", "/login", "/logout",
            "/consent",
            "/callback", "/jwks.json", "/oauth/token", "/a%20b", "//about", "/x/../index.html", "/_connectorgen",
            "/_connectorgen/", "/_connectorgen/other/mcp", "/twox", "/@connectorgen_one_unavailable",
        ]
        let read = (wellKnown.map { "/.well-known\($0)" } + elsewhere).map { (method: "GET", target: $0) }
        return read + [
            ("HEAD", "/"), ("POST", "/"), ("OPTIONS", "/"), ("HEAD", "/.well-known/security.txt"), ("POST", "/mcpx"),
            ("PUT", "/data.json"), ("OPTIONS", "/.well-known/jmap"),
        ]
    }()
}
