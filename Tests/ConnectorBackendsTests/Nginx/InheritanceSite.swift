import ConnectorBackends
import TestSupport
import Testing

/// The upstreams of a deployment, and nginx sites around its files that say something at the http or server level.
final class InheritanceSite {
    let verifier: EchoUpstream
    let application: EchoUpstream
    let server: EchoUpstream
    /// Where nothing of ours may ever go.
    let spy: EchoUpstream
    private let rendered: RenderedNginx

    init(metadata: String) throws {
        rendered = try RenderedNginx(Self.spec(metadata: metadata))
        verifier = try EchoUpstream(name: "verifier", answering: Self.verify)
        application = try EchoUpstream(name: "application", answering: Self.apply)
        server = try EchoUpstream(name: "server", answering: Self.serve)
        spy = try EchoUpstream(name: "spy")
    }

    /// One site for each piece of `around`, `site-0` and so on, with it in the server block; `http` stands around all.
    func nginx(http: String = "", around: [String]) throws -> ScratchNginx {
        let path = "nginx/mcp.example.com.conf"
        let shared = rendered.text("nginx/connectorgen-http.conf")
            .replacing("server 127.0.0.1:8719;", with: "server 127.0.0.1:\(server.port);")
            .replacing("server 127.0.0.1:8720;", with: "server 127.0.0.1:\(verifier.port);")
            .replacing("server 127.0.0.1:3930;", with: "server 127.0.0.1:\(application.port);")
        let servers = around.enumerated().map { index, line in
            """
                server {
                    listen 127.0.0.1:{PORT};
                    server_name site-\(index);
                    \(line)
                    include \(path);
                    location = /site { return 200 "the site"; }
                    location @site { return 200 "the site"; }
                    location = /site-login { return 401; }
                    location = /spy { proxy_pass http://127.0.0.1:\(spy.port); }
                    location / { return 418 "the vhost"; }
                }
            """
        }
        let zones = """
                proxy_cache_path cache keys_zone=cached:1m;
                limit_req_zone $binary_remote_addr zone=site:1m rate=1r/m;
                limit_conn_zone $binary_remote_addr zone=sites:1m;
            charset_map koi8-r utf-8 { C0 D18E; }
            """
        let nginx = try ScratchNginx(
            http: "\(zones)\n    \(http)\n    include nginx/connectorgen-http.conf;",
            servers: servers.joined(separator: "\n"),
            files: rendered.artifacts.filter { ![path, "nginx/connectorgen-http.conf"].contains($0.path) }.map {
                ($0.path, $0.bytes)
            } + [
                (path, Array(rendered.text(path).utf8)), ("nginx/connectorgen-http.conf", Array(shared.utf8)),
                ("users", Array("site:{PLAIN}site\n".utf8)),
                ("html/.well-known/acme-challenge/token", Array("acme".utf8)),
            ])
        try nginx.start()
        return nginx
    }

    func forgetRequests() {
        for upstream in [verifier, application, server, spy] { _ = upstream.takeRequests() }
    }

    // MARK: What upstreams say

    /// Two people, `a` and `b`. A question with a body would be two questions on one connection.
    private static func verify(_ request: RawMessage) -> EchoUpstream.Answer {
        guard request.body.isEmpty, request.startLine.hasPrefix("GET /_verify ") else { return .init(500) }
        guard let token = request.header("authorization"), ["Bearer a", "Bearer b"].contains(token) else {
            return .init(
                401, [("WWW-Authenticate", "Bearer resource_metadata=\"m\""), ("Cache-Control", "no-store")])
        }
        let person = token.suffix(1)
        return .init(
            200,
            [
                ("X-MCP-Subject", "subject-\(person)"), ("X-MCP-Issuer", "i"), ("X-MCP-Client", "c"),
                ("X-MCP-Scopes", "s"), ("X-MCP-Challenge", "Bearer x"), ("Cache-Control", "no-store"),
            ])
    }

    private static func apply(_ request: RawMessage) -> EchoUpstream.Answer {
        if request.header("x-want") == "500" {
            return .init(500, [("Content-Type", "application/json")], #"{"jsonrpc":"2.0","error":{}}"#)
        }
        return .init(200, [("Content-Type", "text/html"), ("Mcp-Session-Id", "s")], echo(request))
    }

    private static func serve(_ request: RawMessage) -> EchoUpstream.Answer {
        let path = request.startLine.split(separator: " ").dropFirst().first ?? ""
        let cookie = ("Set-Cookie", "__Host-cg=1; Path=/; Secure; HttpOnly; SameSite=Lax")
        let fresh = ("Cache-Control", "no-store")
        if path.contains("authorize") {
            let state = String(repeating: "s", count: 6_000)
            return .init(302, [("Location", "https://client.example/cb?state=\(state)"), cookie, fresh], echo(request))
        }
        if path.hasSuffix("login") {
            let policy = ("Content-Security-Policy", "default-src 'none'")
            let page = "<!--# include virtual=\"/spy\" --><p>é</p>" + echo(request)
            return .init(200, [("Content-Type", "text/html; charset=utf-8"), policy, cookie, fresh], page)
        }
        if path.hasSuffix("register") {
            return .init(
                401, [("Content-Type", "application/json"), ("WWW-Authenticate", "Bearer"), fresh], echo(request))
        }
        return .init(200, [("Content-Type", "application/json"), fresh], echo(request))
    }

    /// The request, in the answer: what arrives differently is answered differently.
    private static func echo(_ request: RawMessage) -> String {
        ([request.startLine] + request.headers.map { "\($0.name): \($0.value)" }).joined(separator: "\n") + "\n\n"
            + request.text
    }

    static func spec(metadata: String) -> String {
        """
        version: 1
        name: example
        issuer:
          url: https://mcp.example.com/mcp
          mode: local
          users: { file: /etc/connectorgen/users }
          store: { sqlite: /var/lib/connectorgen/auth.db }
        connectors:
          mcp:
            public_url: https://mcp.example.com/mcp
            upstream: http://127.0.0.1:3930
            client_id: cid_example
            scopes: [mcp.tools]
            openai_apps_challenge: abc
            legacy_aliases: [{ path: /old, sunset: 2099-03-31 }]
          app:
            public_url: https://mcp.example.com/app
            upstream: http://127.0.0.1:3930
            client_id: cid_app
            scopes: [app]
            verify: application
        targets:
          nginx: { metadata: \(metadata), acme: inherit }
        """
    }
}

/// A request of each kind, and what became of it.
struct InheritanceProbe {
    enum Kind { case document, challenge, `internal`, verified, unverified, endpoint }

    let kind: Kind
    let method: String
    let target: String
    var headers: [(String, String)] = []
    var body = ""

    /// What an answer says, but for the time and what a connection is like.
    struct Answer: Equatable, CustomStringConvertible {
        let status: Int
        let headers: [String]
        let body: String

        var description: String { "\(status) \(headers) \(body.prefix(400))" }
    }

    func ask(_ nginx: ScratchNginx, site: Int) throws -> Answer {
        let answer = try RawHTTP.request(
            method, target, host: "site-\(site)", port: nginx.port, headers: headers, body: body)
        // Files of challenges are the site's own, and what is not there is nginx's own page.
        let fields =
            kind == .challenge || kind == .internal ? [] : answer.headers.filter { !Self.isPassing($0.name, $0.value) }
        return Answer(
            status: answer.status, headers: fields.map { "\($0.name.lowercased()): \($0.value)" }.sorted(),
            body: kind == .internal ? "" : answer.text)
    }

    private static func isPassing(_ name: String, _ value: String) -> Bool {
        switch name.lowercased() {
        case "date", "server", "connection", "keep-alive", "content-length", "transfer-encoding": true
        case "set-cookie": value.hasPrefix("uid=")
        case "vary": value == "Accept-Encoding"
        case "p3p", "accept-ranges": true
        default: false
        }
    }

    static let all: [InheritanceProbe] = {
        let packed = ("Accept-Encoding", "gzip")
        func call(_ token: String?, _ more: [(String, String)] = [], _ target: String = "/mcp") -> InheritanceProbe {
            .init(
                kind: .verified, method: "POST", target: target,
                headers: (token.map { [("Authorization", "Bearer \($0)")] } ?? []) + more + [packed], body: "{}")
        }
        func endpoint(_ method: String, _ target: String, body: String = "") -> InheritanceProbe {
            .init(
                kind: .endpoint, method: method, target: target,
                headers: [packed, ("Authorization", "Basic eDp5"), ("Cookie", "__Host-cg=1")], body: body)
        }
        return [
            .init(kind: .document, method: "GET", target: "/.well-known/oauth-protected-resource/mcp"),
            .init(kind: .document, method: "GET", target: "/.well-known/oauth-authorization-server/mcp"),
            .init(kind: .document, method: "GET", target: "/.well-known/openai-apps-challenge"),
            .init(kind: .document, method: "GET", target: "/.well-known/mcp/nothing"),
            .init(kind: .document, method: "PUT", target: "/.well-known/oauth-protected-resource/mcp"),
            .init(kind: .challenge, method: "GET", target: "/.well-known/acme-challenge/token"),
            .init(kind: .internal, method: "GET", target: "/_connectorgen/example/mcp"),
            call(nil), call("a"), call("b"), call("bad"), call(nil), call("a", [("X-Want", "500")]),
            call("b", [], "/mcp/x%2Fy?z"),
            .init(kind: .verified, method: "GET", target: "/mcp", headers: [("Authorization", "Bearer a")]),
            .init(
                kind: .unverified, method: "POST", target: "/app", headers: [("Authorization", "Bearer a")], body: "{}"),
            endpoint("GET", "/mcp/authorize?client_id=x&state=1"), endpoint("GET", "/mcp/login"),
            endpoint("POST", "/mcp/login", body: "password=p"), endpoint("POST", "/mcp/token", body: "grant_type=x"),
            endpoint("POST", "/mcp/register", body: "{}"), endpoint("GET", "/mcp/jwks.json"),
            endpoint("DELETE", "/mcp/register/x"), endpoint("POST", "/token", body: "grant_type=x"),
            endpoint("POST", "/old/token", body: "grant_type=x"),
        ]
    }()
}
