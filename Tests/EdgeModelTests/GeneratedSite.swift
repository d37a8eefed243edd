import TestSupport

/// A server block of random locations, and requests that come near them: what the simulator and nginx are both asked.
struct GeneratedSite {
    let text: String
    let requests: [GeneratedRequest]

    struct GeneratedRequest {
        let method: String
        let host: String
        let target: String
        let headers: [(String, String)]
    }

    /// `upstream` is the port of an echo; `judges` are those of authorization services, by the status that they answer.
    init(number: Int, requests count: Int, upstream: Int, judges: [Int: Int], using random: inout SeededGenerator) {
        var site = Writer(random: random, upstream: upstream, judges: judges)
        text = site.server(number)
        var made: [GeneratedRequest] = []
        for _ in 0..<count { made.append(site.request(number)) }
        requests = made
        random = site.random
    }

    private struct Writer {
        var random: SeededGenerator
        let upstream: Int
        let judges: [Int: Int]
        /// Paths that locations have, for requests near them.
        var paths: [String] = []
        var named: [String] = []
        var identifier = 0

        mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: choices.indices, using: &random)] }
        mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

        // MARK: Servers and locations

        mutating func server(_ number: Int) -> String {
            var lines = ["    server {", "        listen 127.0.0.1:{PORT};", "        server_name \(names(number));"]
            lines.append("        set $seen none;")
            if chance(15) { lines.append("        absolute_redirect off;") }
            if chance(8) { lines.append("        server_name_in_redirect on;") }
            if chance(5) { lines.append("        proxy_method \(pick(["PUT", "GET"]));") }
            if chance(5) { lines.append("        underscores_in_headers on;") }
            if chance(10) { lines.append("        port_in_redirect off;") }
            if chance(30) { lines.append("        add_header X-Site s\(number)\(chance(50) ? " always" : "");") }
            if chance(30) { lines.append("        proxy_set_header X-Site s\(number);") }
            if chance(15) {
                lines.append("        error_page \(pick(["404", "403 404", "401", "500 502"])) \(errorTarget());")
            }
            if chance(10) { lines.append("        rewrite ^/old(.*)$ /a$1\(pick(["", " last", " permanent"]));") }
            if chance(6) { lines.append("        if ($request_method = DELETE) { return 405; }") }
            let judged = pick(judges.keys.sorted())
            lines.append("        location = /_judge {")
            lines.append("            internal;")
            // Else the question announces a body that never comes.
            lines.append("            proxy_pass_request_body off;")
            lines.append("            proxy_set_header Content-Length \"\";")
            lines.append("            proxy_pass http://127.0.0.1:\(judges[judged] ?? 0);")
            lines.append("        }")
            for name in ["first", "second"] where chance(70) {
                named.append(name)
                lines += location("@\(name)", depth: 0, isNamed: true)
            }
            var seen: Set<String> = []
            for _ in 0..<Int.random(in: 3...9, using: &random) {
                let name = locationName(below: "")
                if seen.insert(Self.key(name)).inserted { lines += location(name, depth: 0) }
            }
            return (lines + ["    }"]).joined(separator: "\n")
        }

        /// What nginx takes for the same location.
        private static func key(_ name: String) -> String {
            name.hasPrefix("~") || name.hasPrefix("=") ? name : name.hasPrefix("^~ ") ? String(name.dropFirst(3)) : name
        }

        private mutating func names(_ number: Int) -> String {
            pick([
                "s\(number).test", "s\(number).test *.s\(number).test", ".s\(number).test", "s\(number).*",
                "~^s\(number)\\.(test|example)$", "www.s\(number).test s\(number).test",
            ])
        }

        private mutating func segment() -> String {
            pick(["a", "b", "mcp", "x", ".well-known", "oauth", "A", "a b", "long", "old"])
        }

        private mutating func locationName(below outer: String) -> String {
            let depth = Int.random(in: outer.isEmpty ? 0...3 : 1...2, using: &random)
            var path = outer.hasSuffix("/") ? String(outer.dropLast()) : outer
            for _ in 0..<depth { path += "/" + segment() }
            if path.isEmpty || chance(35) && !path.hasSuffix("/") { path += "/" }
            if outer.isEmpty, chance(20) {
                return pick([
                    "~ ^/a", "~* \\.PHP$", "~ /\\.", "~ ^/(mcp|x)/(?<rest>.*)$", "~ b/?$", "~ ^/oauth/[a-z]+$",
                    "~* ^/LONG",
                ])
            }
            paths.append(path)
            let quoted = path.contains(" ") ? "\"\(path)\"" : path
            return pick(["", "", "= ", "^~ "]) + quoted
        }

        private mutating func location(_ name: String, depth: Int, isNamed: Bool = false) -> [String] {
            identifier += 1
            let id = identifier
            let indent = String(repeating: "    ", count: depth + 2)
            var lines: [String] = []
            if chance(75) { lines.append("proxy_set_header X-Location l\(id);") }
            if chance(30) { lines.append("add_header X-Location l\(id)\(chance(50) ? " always" : "");") }
            if chance(6), !isNamed { lines.append("internal;") }
            if chance(8) { lines.append("deny all;") }
            if chance(8) { lines.append("allow 127.0.0.1; deny all;") }
            if chance(12) { lines.append("auth_request /_judge;") }
            if chance(10) { lines.append("error_page \(pick(["403", "404", "401", "500 404"])) \(errorTarget());") }
            if chance(8) {
                lines.append(
                    "if ($request_method = POST) { \(pick(["return 405;", "add_header X-If yes;", "proxy_pass http://echo;", "return 307 /a;"])) }"
                )
            }
            if chance(6) { lines.append("if ($arg_a) { set $seen \"$arg_a\"; }") }
            if chance(8) {
                lines.append(
                    "if ($uri ~* \(pick(["b/(.*)$", "^/(?<top>[^/]+)", "\\.php$"]))) { \(pick(["set $part $1;", "return 403;", "rewrite ^ /x$1 last;", "rewrite ^ /y;", "break;"])) }"
                )
            }
            if chance(8) {
                lines.append("proxy_set_header X-Seen \"$seen|$part|$top|$kind|$http_x_site|$remote_addr\";")
            }
            if chance(6), !isNamed {
                lines.append("auth_basic \(pick(["closed", "off"]));\(pick([" auth_basic_user_file none;", ""]))")
            }
            if chance(4) { lines.append("satisfy any;") }
            if chance(4) { lines.append("client_max_body_size 1;") }
            if chance(4) { lines.append("recursive_error_pages on;") }
            if chance(5) { lines.append("limit_except GET { deny all; }") }
            let isPattern = name.hasPrefix("~")
            lines += handler(isPattern: isPattern, isNamed: isNamed)
            if !isNamed, !isPattern, !name.hasPrefix("="), depth < 2, chance(25) {
                let outer = name.replacing("^~ ", with: "").replacing("\"", with: "")
                var seen: Set<String> = []
                for _ in 0..<2 {
                    let inner = locationName(below: outer)
                    let path = inner.replacing("= ", with: "").replacing("^~ ", with: "").replacing("\"", with: "")
                    guard path.hasPrefix(outer), path != outer, seen.insert(Self.key(inner)).inserted else { continue }
                    lines += location(inner, depth: depth + 1)
                }
            }
            return ["\(indent)location \(name) {"] + lines.map { "\(indent)    \($0)" } + ["\(indent)}"]
        }

        private mutating func errorTarget() -> String {
            pick(
                [
                    "/a", "=200 /b", "= /mcp", "/x?q=1", "=418 /a", "https://other.test/e",
                    "=301 https://other.test$uri", "/a$is_args$args",
                ] + named.map { "@\($0)" } + named.map { "= @\($0)" })
        }

        private mutating func handler(isPattern: Bool, isNamed: Bool) -> [String] {
            let address = "http://127.0.0.1:\(upstream)"
            switch Int.random(in: 0..<100, using: &random) {
            case ..<30: return ["proxy_pass \(address);"]
            case ..<50:
                guard !isPattern, !isNamed else { return ["proxy_pass \(pick(["http://echo", address]));"] }
                return ["proxy_pass \(address)\(pick(["/", "/base", "/base/", "/deep/base"]));"]
            case ..<55: return ["proxy_pass http://echo\(pick(["$request_uri", "/fixed$is_args$args", "$uri"]));"]
            case ..<65:
                return ["return \(pick(["200 \"ok $uri $args\"", "404", "403", "204", "503 \"away\"", "401"]));"]
            case ..<72:
                return [
                    "return \(pick(["301 /mcp", "302 https://$host$request_uri", "307 /a$is_args$args", "308 $scheme://other.test/x", "https://other.test$uri"]));"
                ]
            case ..<84:
                let rule = pick([
                    "rewrite ^/a(.*)$ /b$1 last;", "rewrite ^(.*)$ /x$1 break;", "rewrite ^/mcp/(.*)$ /a/$1? break;",
                    "rewrite ^/x/?(.*)$ /new?p=$1 break;", "rewrite ^/long(.*)$ /a$1;", "rewrite ^/b /mcp permanent;",
                    "rewrite ^/oauth/(.+)$ https://other.test/$1 redirect;",
                    "rewrite ^/(?<top>[a-z]+)/(.*)$ /$2?top=$top&p=$2 break;",
                    "rewrite (.*) $1/z? redirect;", "rewrite ^/x/(.*)$ /old/$1?k=v permanent;",
                    "rewrite ^/mcp /a?b last;", "rewrite ^/b/(.*)$ /b/$1 last;",
                ])
                return [rule, "proxy_pass \(address)\(isPattern || isNamed ? "" : pick(["", "/base"]));"]
            case ..<94 where !isNamed:
                return [
                    "try_files \(pick(["$uri", "$uri $uri/"])) \(pick(["=404", "/a", "/index.html", "/mcp?t=1"] + named.map { "@\($0)" }));"
                ]
            default: return []
            }
        }

        // MARK: Requests

        mutating func request(_ number: Int) -> GeneratedRequest {
            let host = pick([
                "s\(number).test", "s\(number).test", "www.s\(number).test", "S\(number).Test:8080",
                "s\(number).example",
                "s\(number).test.", "unknown.test",
            ])
            var target = pick(paths + ["/", "/a", "/mcp", "/x/y", "/old/a", "/index.php", "/oauth/token"])
            target = target.replacing(" ", with: "%20")
            if chance(40) {
                target += pick([
                    "/", "/b", "x", "/.well-known/x", "/a%2Fb", "//c", "/../a", "/./x", ".php", "/%2e%2e/b",
                ])
            }
            if chance(8) {
                target = pick([
                    "/%6dcp", "//mcp", "/x/..%2fmcp", "/a%3fx", "/a%23", "/a%25b", "/..", "/%00", "/%zz", "/a;b",
                    "/a|b", "/a\"<b>", "/a^`{}", "/a+b", "/a%2Bb",
                ])
            }
            if chance(25) { target += pick(["?a=1", "?a=%2F&b", "?", "?a=1?b=2", "?a=x+y"]) }
            if chance(3) { target += "#f" }
            if chance(3) { target = "http://s\(number).test\(target)" }
            var headers: [(String, String)] = []
            if chance(20) { headers.append(("X-Site", "mine")) }
            if chance(20) { headers.append(("X_Under", "1")) }
            if chance(20) { headers.append(("Authorization", "Bearer t")) }
            return GeneratedRequest(
                method: pick(["GET", "GET", "GET", "POST", "HEAD", "DELETE", "OPTIONS", "PUT"]), host: host,
                target: target,
                headers: headers)
        }
    }
}
