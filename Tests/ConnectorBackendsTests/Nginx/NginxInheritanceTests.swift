import ConfigLanguages
import ConnectorBackends
import Foundation
import TestSupport
import Testing

@Suite("what locations inherit from a site")
struct NginxInheritanceTests {
    @Test("the page knows every directive that an independent list of them has at both levels")
    func complete() throws {
        let page = try InheritancePage()
        guard Tool.python.isAvailable else { return }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Tool.python.required())
        process.arguments = [
            "-c",
            """
            from crossplane import analyzer as a
            around = a.NGX_HTTP_MAIN_CONF | a.NGX_HTTP_SRV_CONF
            for name, masks in a.DIRECTIVES.items():
                if any(mask & around and mask & a.NGX_HTTP_LOC_CONF for mask in masks): print(name)
            """,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let names = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(
            separator: "\n")
        process.waitUntilExit()
        #expect(names.count > 400)
        let blocks: Set<Substring> = ["location", "include"]
        for name in names where !blocks.contains(name) {
            #expect(page.row(of: String(name)) != nil, "\(name) is not on the page")
        }
    }

    @Test("each directive of the page stands there once, and is tried or says why not")
    func page() throws {
        let page = try InheritancePage()
        #expect(Set(page.rows.flatMap(\.directives)).count > 460)
        for row in page.rows {
            #expect(!row.tried.isEmpty || row.isUntried, "\(row.directives)")
            if row.since != nil { #expect(row.tried.isEmpty, "\(row.directives)") }
            for piece in row.tried {
                let words = Set(piece.split { " ;{}".contains($0) }.map(String.init))
                #expect(!words.isDisjoint(with: row.directives), "\(piece) tries none of \(row.directives)")
            }
            guard !row.isUntried else { continue }
            let words = Set(row.tried.flatMap { $0.split { " ;{}".contains($0) }.map(String.init) })
            #expect(words.isSuperset(of: row.directives), "\(row.directives)")
        }
    }

    @Test("what the page calls set is said in the places that it names, and what locations say it calls set")
    func emitted() throws {
        let page = try InheritancePage()
        var places: [String: [[NginxDirective]]] = [:]
        for metadata in ["static", "proxied"] {
            let rendered = try RenderedNginx(
                InheritanceSite.spec(metadata: metadata)
                    .replacing("  nginx: {", with: "  nginx: { version: \"1.30\",")
                    .replacing("  app:", with: Self.more + "\n  app:"))
            for path in rendered.hostFiles {
                for location in rendered.file(path).directives where location.name == "location" {
                    let directives = location.block?.directives ?? []
                    for place in Self.places(location, directives) { places[place, default: []].append(directives) }
                }
            }
        }
        for row in page.rows {
            for place in row.places {
                let locations = try #require(places[place], "\(place) is no place")
                for location in locations where row.since == nil || place != "document" {
                    #expect(location.contains { $0.name == row.directives[0] }, "\(row.directives[0]) in \(place)")
                }
            }
        }
        // A limit of our own, what answers, and the body that the verifier is not to get.
        let further: Set = ["limit_req", "return", "proxy_set_body"]
        for name in Set(places.values.joined().joined().map(\.name)).subtracting(further) {
            guard let row = page.row(of: name) else { continue }
            #expect(row.verdict == .set, "\(name) is emitted, and \(row.verdict) on the page")
        }
    }

    private static let more = """
          tls:
            public_url: https://mcp.example.com/tls
            upstream: https://files.internal.example.com
            client_id: cid_tls
            scopes: [tls]
        """

    /// The page's words for a location.
    private static func places(_ location: NginxDirective, _ directives: [NginxDirective]) -> [String] {
        let path = location.arguments.last?.text ?? ""
        func has(_ name: String, _ start: String = "") -> Bool {
            directives.contains { $0.name == name && ($0.arguments.first?.text ?? "").hasPrefix(start) }
        }
        if path.hasPrefix("@") { return ["error"] }
        if has("internal") { return ["verification"] }
        if path.hasSuffix("acme-challenge/") { return ["certificate challenge"] }
        if has("return", "404") { return ["not found"] }
        if path.hasSuffix("apps-challenge") { return ["proof"] }
        if has("return", "200") { return ["document"] }
        if path.hasPrefix("/.well-known/") { return ["document from the server"] }
        if has("proxy_pass", "http://example_auth") {
            let isPage = ["authorize", "consent", "login", "callback"].contains { path.hasSuffix("/" + $0) }
            return isPage ? ["endpoint", "sign-in page"] : ["endpoint"]
        }
        return ["transport"] + (has("proxy_ssl_verify") ? ["TLS transport"] : [])
            + (has("auth_request_set") ? ["verified transport"] : [])
    }
}

@Suite("sites around the locations, live", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxInheritanceLiveTests {
    @Test(
        "H40 H41 nothing that a server block says opens a transport or changes an answer",
        arguments: ["static", "proxied"])
    func serverLevel(metadata: String) throws {
        let site = try InheritanceSite(metadata: metadata)
        let attempts = [""] + (try InheritancePage().rows.flatMap(\.attempts))
        let nginx = try site.nginx(around: attempts)
        let plain = try answers(nginx, site: 0)
        try expectSound(plain, isProxied: metadata == "proxied")
        for (index, attempt) in attempts.enumerated().dropFirst() {
            compare(try answers(nginx, site: index), plain, attempt)
        }
        expectNoSecrets(site.spy.takeRequests())
        site.verifier.stop()
        site.forgetRequests()
        for (index, attempt) in attempts.enumerated() { try expectAway(nginx, index, attempt) }
        #expect(site.application.takeRequests().isEmpty)
    }

    /// What nginx takes in a server block and not around one, or has been told by the scratch configuration.
    private static let notAtHTTP: Set = [
        "break", "set", "stub_status", "try_files", "valid_referers", "referer_hash_bucket_size",
        "referer_hash_max_size",
    ]

    @Test("H40 H41 nothing that the http block says opens a transport or changes an answer")
    func httpLevel() throws {
        let site = try InheritanceSite(metadata: "static")
        let attempts = try InheritancePage().rows.flatMap(\.attempts).map { attempt in
            attempt.contains("{")
                ? attempt
                : attempt.split(separator: ";").filter { statement in
                    let name = statement.split(separator: " ").first.map(String.init) ?? ""
                    return !Self.notAtHTTP.contains(name) && !name.hasSuffix("_temp_path")
                }.map { $0 + ";" }.joined()
        }.filter { !$0.isEmpty }
        let plain = try answers(site.nginx(around: [""]), site: 0)
        try expectSound(plain)
        for attempt in attempts {
            compare(try answers(site.nginx(http: attempt, around: [""]), site: 0), plain, attempt)
        }
        expectNoSecrets(site.spy.takeRequests())
        site.verifier.stop()
        site.forgetRequests()
        for attempt in attempts where attempt.contains("error") || attempt.contains("cache") {
            try expectAway(site.nginx(http: attempt, around: [""]), 0, attempt)
        }
        #expect(site.application.takeRequests().isEmpty)
    }

    @Test("H42 the body of a request never reaches the verifier, whatever body a site sets")
    func body() throws {
        let site = try InheritanceSite(metadata: "static")
        let nginx = try site.nginx(around: ["proxy_set_body $request_body;", "proxy_set_body x; proxy_method POST;"])
        let question = "GET /_verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer b\r\n\r\n"
        for index in 0...1 {
            let answer = try RawHTTP.request(
                "POST", "/mcp", host: "site-\(index)", port: nginx.port, headers: [("Authorization", "Bearer bad")],
                body: question)
            #expect(answer.status == 401)
        }
        #expect(site.verifier.takeRequests().map(\.text) == ["", ""])
        #expect(site.application.takeRequests().isEmpty)
    }

    @Test(
        "H43 what a limit of the site refuses is refused in JSON, with when to come again",
        arguments: ["/mcp", "/mcp/token"])
    func limits(target: String) throws {
        let site = try InheritanceSite(metadata: "static")
        let nginx = try site.nginx(around: ["limit_req zone=site;"])
        let statuses = try (0..<3).map { _ in
            try RawHTTP.request("POST", target, host: "site-0", port: nginx.port, body: "a=b")
        }
        let refused = try #require(statuses.last)
        #expect(refused.status == 429)
        #expect(refused.values("content-type") == ["application/json"])
        #expect(refused.values("retry-after") == ["5"])
    }

    @Test("a body of the largest size goes to an endpoint without a file")
    func bodyInMemory() throws {
        let site = try InheritanceSite(metadata: "static")
        let nginx = try site.nginx(http: "error_log warnings.log warn;", around: [""])
        func spooled(_ target: String) throws -> Bool {
            _ = try RawHTTP.request(
                "POST", target, host: "site-0", port: nginx.port, headers: [("Authorization", "Bearer a")],
                body: String(repeating: "x", count: 65_536))
            return try String(contentsOfFile: nginx.folder.file("warnings.log"), encoding: .utf8)
                .contains("buffered to a temporary file")
        }
        #expect(try !spooled("/mcp/token") && !spooled("/mcp/register"))
        #expect(try spooled("/mcp"))  // a transport's body may be large; and so this test can fail
    }

    // MARK: Asking

    private func answers(_ nginx: ScratchNginx, site: Int) throws -> [InheritanceProbe.Answer] {
        try InheritanceProbe.all.map { try $0.ask(nginx, site: site) }
    }

    /// The answers without anything around them are what they should be, or comparing says nothing.
    private func expectSound(_ answers: [InheritanceProbe.Answer], isProxied: Bool = false) throws {
        let statuses = zip(InheritanceProbe.all, answers).map { ($0.target, $0.headers.first?.1, $1.status) }
        #expect(
            statuses.map(\.2) == [
                200, 200, 200, 404, isProxied ? 200 : 405, 200, 404, 401, 200, 200, 401, 401, 500, 200, 200, 200, 302,
                200, 200, 200, 401, 200,
                200, 200, 200,
            ], "\(statuses)")
        #expect(answers[8].body.contains("X-MCP-Subject: subject-a") && answers[9].body.contains("subject-b"))
    }

    private func compare(_ found: [InheritanceProbe.Answer], _ plain: [InheritanceProbe.Answer], _ attempt: String) {
        for (index, probe) in InheritanceProbe.all.enumerated() {
            let place: Comment = "\(attempt) at \(probe.method) \(probe.target)"
            switch probe.kind {
            // Rules of addresses hold besides the token: they shut more.
            case .verified, .unverified:
                if attempt.hasPrefix("allow") || attempt.hasPrefix("deny") {
                    #expect(found[index].status == 403, place)
                    continue
                }
                if probe.kind == .unverified && attempt.hasPrefix("add_header") { continue }  // the site's reach it
            case .document, .challenge, .internal, .endpoint: break
            }
            #expect(found[index] == plain[index], place)
        }
    }

    /// What a mirror of the site gets: its own files of certificate challenges, and of no other request anything.
    private func expectNoSecrets(_ requests: [RawMessage]) {
        for request in requests {
            #expect(request.values("authorization").isEmpty && request.values("cookie").isEmpty)
            #expect(request.startLine.hasPrefix("GET /spy ") && request.body.isEmpty)
        }
    }

    private func expectAway(_ nginx: ScratchNginx, _ site: Int, _ attempt: String) throws {
        let answer = try RawHTTP.request(
            "POST", "/mcp", host: "site-\(site)", port: nginx.port, headers: [("Authorization", "Bearer a")],
            body: "{}")
        let shut = attempt.hasPrefix("allow") || attempt.hasPrefix("deny")
        #expect(answer.status == (shut ? 403 : 503), "\(attempt)")
    }
}
