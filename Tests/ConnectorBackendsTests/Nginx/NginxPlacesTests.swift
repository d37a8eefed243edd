import ConnectorPlan
import Foundation
import TestSupport
import Testing

@testable import ConnectorBackends

/// Containers, balancers and replicas: what stands behind nginx under a name, and what stands before it.
@Suite("servers that move, and callers behind others", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxPlacesTests {
    private static func spec(_ upstream: String, connector: String = "", issuer: String = "", nginx: String = "{}")
        -> String
    {
        NginxSpecs.plain(connector: connector, issuer: issuer, nginx: nginx)
            .replacing("    upstream: http://127.0.0.1:3930\n", with: "    \(upstream)\n")
    }

    private func ask(
        _ nginx: ScratchNginx, _ target: String = "/mcp", headers: [(String, String)] = []
    ) throws -> RawMessage {
        try RawHTTP.request("POST", target, host: "mcp.example.com", port: nginx.port, headers: headers, body: "{}")
    }

    // MARK: names

    @Test("nginx starts while no name can be resolved, and finds a server that comes, goes and comes elsewhere")
    func names() throws {
        let dns = try ScratchDNS()
        let (application, verifier) = (try EchoUpstream(name: "application"), try EchoUpstream(name: "verifier"))
        let rendered = try RenderedNginx(
            Self.spec(
                "upstream: http://mcp:\(application.port)",
                issuer: """
                      listen: auth:\(verifier.port)
                      private_listen: auth:\(verifier.port)
                      trusted_proxies: [172.18.0.0/16]
                    """, nginx: "{ resolver: \"127.0.0.1:\(dns.port)\" }"))
        #expect(rendered.diagnostics.isEmpty)
        let nginx = try rendered.scratch()
        #expect(try nginx.test() == (0, ""))
        // Docker says for ten minutes that an address holds: the resolver asks again sooner, and here at once.
        for file in rendered.artifacts.map(\.path) {
            let text = try nginx.folder.read(file)
            try nginx.folder.write(file, text.replacing("valid=10s", with: "valid=1s"))
        }
        try nginx.start()
        let away = try ask(nginx)
        #expect(away.status == 503 && away.text == #"{"error":"temporarily_unavailable"}"#)
        dns.address = [127, 0, 0, 1]
        #expect(try until { try ask(nginx).header("x-echo") == "application" })
        let arrived = try #require(application.takeRequests().last)
        #expect(arrived.startLine == "POST /mcp HTTP/1.1" && arrived.values("x-mcp-subject") == ["subject-1"])
        #expect(verifier.takeRequests().last?.startLine == "GET /_verify HTTP/1.1")
        // Another address, where nobody is.
        dns.address = [127, 0, 0, 2]
        #expect(try until { try ask(nginx).status == 503 })
        dns.address = [127, 0, 0, 1]
        #expect(try until { try ask(nginx, "/mcp/x%2Fy?a=%2F").header("x-echo") == "application" })
        #expect(application.takeRequests().last?.startLine == "POST /mcp/x%2Fy?a=%2F HTTP/1.1")
    }

    /// Asks again until something holds, for ten seconds at most.
    private func until(_ condition: () throws -> Bool) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if try condition() { return true }
            poll(nil, 0, 20)  // a name server tells nobody that an address is another
        }
        return false
    }

    @Test("an nginx that resolves groups by itself keeps them, with everything that they are used for")
    func groups() throws {
        let rendered = try RenderedNginx(
            Self.spec(
                "upstreams: [http://mcp-1:3000/api, http://mcp-2:3000/api]",
                nginx: "{ version: \"1.27.3\", resolver: 127.0.0.11 }"))
        let http = rendered.text("nginx/connectorgen-http.conf")
        #expect(http.contains("    resolver 127.0.0.11 valid=10s;"))
        #expect(http.contains("    zone example_mcp 64k;"))
        #expect(http.contains("    server mcp-1:3000 max_fails=3 fail_timeout=10s resolve;"))
        #expect(!http.contains("connectorgen_server"))
        #expect(rendered.text("nginx/mcp.example.com.conf").contains("proxy_pass http://example_mcp/api;"))
    }

    // MARK: callers

    private static let forged = [
        ("X-Forwarded-For", "203.0.113.9"), ("X-Real-IP", "203.0.113.9"), ("Forwarded", "for=203.0.113.9"),
        ("CF-Connecting-IP", "203.0.113.9"), ("True-Client-IP", "203.0.113.9"), ("X-Client-IP", "203.0.113.9"),
    ]

    @Test(
        "L26 whoever connects is who calls, unless the spec trusts just that address and just that header",
        arguments: [
            ("{}", "127.0.0.1"), ("{ real_ip: { from: [10.0.0.0/8] } }", "127.0.0.1"),
            ("{ real_ip: { from: [10.0.0.0/8], header: CF-Connecting-IP } }", "127.0.0.1"),
            ("{ real_ip: { from: [127.0.0.1] } }", "203.0.113.9"),
            ("{ real_ip: { from: [127.0.0.0/8], header: CF-Connecting-IP } }", "203.0.113.9"),
            ("{ real_ip: { from: [127.0.0.1], header: Fly-Client-IP } }", "127.0.0.1"),
        ], ["edge", "application"])
    func callers(before: (nginx: String, address: String), verify: String) throws {
        let live = try LiveNginx(NginxSpecs.plain(connector: "    verify: \(verify)", nginx: before.nginx))
        for target in ["/mcp", "/mcp/x", "/mcp/token", "/authorize"] {
            _ = try live.ask("POST", target, headers: Self.forged, body: "{}")
        }
        let served = live.application.takeRequests() + (live.server?.takeRequests() ?? [])
        let verified = live.verifier.takeRequests()
        #expect(served.count == 4 && verified.count == (verify == "edge" ? 2 : 0))
        for message in served + verified {
            #expect(message.values("x-real-ip") == [before.address], "\(message.startLine)")
            #expect(message.values("forwarded") == [], "\(message.startLine)")
        }
        for message in served { #expect(message.values("x-forwarded-for") == [before.address]) }
        // It reads one name of the address, and is told no other.
        for message in verified { #expect(message.values("x-forwarded-for") == []) }
    }

    @Test(
        "L26 of a list of addresses the last that is no balancer calls, whatever a client wrote before it",
        arguments: [
            ("198.51.100.7", "198.51.100.7"), ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
            ("127.0.0.1, 198.51.100.7, 127.0.0.5", "198.51.100.7"), ("10.0.0.1, 198.51.100.7, 10.0.0.2", "10.0.0.2"),
            ("nonsense, 198.51.100.7", "198.51.100.7"), ("nonsense", "127.0.0.1"), ("", "127.0.0.1"),
            ("2001:db8::7", "2001:db8::7"),
        ])
    func lists(header: String, address: String) throws {
        let live = try LiveNginx(NginxSpecs.plain(nginx: "{ real_ip: { from: [127.0.0.0/8] } }"))
        _ = try live.ask("POST", "/mcp", headers: [("X-Forwarded-For", header)], body: "{}")
        let arrived = live.application.takeRequests() + live.verifier.takeRequests()
        #expect(arrived.count == 2)
        for message in arrived { #expect(message.values("x-real-ip") == [address]) }
        #expect(arrived.first?.values("x-forwarded-for") == [address])
    }

    @Test("limits count people behind a balancer, and one of them shuts out nobody else")
    func limits() throws {
        let live = try LiveNginx(
            NginxSpecs.plain(connector: "    rate_limit: 1/m burst 0", nginx: "{ real_ip: { from: [127.0.0.1] } }"))
        func status(_ address: String) throws -> Int {
            try live.ask("POST", "/mcp", headers: [("X-Forwarded-For", address)], body: "{}").status
        }
        #expect(try status("198.51.100.1") == 200)
        #expect(try status("198.51.100.1") == 429)
        #expect(try status("198.51.100.2") == 200)
        // Who writes an address himself is counted by his own.
        #expect(try status("203.0.113.9, 198.51.100.2") == 429)
    }

    // MARK: replicas

    private struct Replicas {
        let nginx: ScratchNginx
        let echoes: [EchoUpstream]

        /// The verifier says that the subject is what the token says.
        init(_ connector: String, verifier: EchoUpstream) throws {
            let (first, second) = (try EchoUpstream(name: "first"), try EchoUpstream(name: "second"))
            echoes = [first, second]
            let upstreams = "upstreams: [http://127.0.0.1:\(first.port), http://127.0.0.1:\(second.port)]"
            nginx = try RenderedNginx(
                NginxPlacesTests.spec(
                    upstreams, connector: connector, issuer: "  private_listen: 127.0.0.1:\(verifier.port)")
            ).scratch()
            try nginx.start()
        }
    }

    private static func verifier() throws -> EchoUpstream {
        try EchoUpstream(name: "verifier") { request in
            EchoUpstream.Answer(200, [("X-MCP-Subject", request.header("authorization") ?? "")])
        }
    }

    @Test("all requests of a person go to one replica, people go to all of them, and one that is away is left out")
    func sessions() throws {
        let verifier = try Self.verifier()
        let replicas = try Replicas("", verifier: verifier)
        var names: [Int: Set<String>] = [:]
        for request in 0..<80 {
            let answer = try ask(
                replicas.nginx,
                headers: [
                    ("Authorization", "person \(request % 16)"), ("Mcp-Session-Id", "session \(request)"),
                ])
            names[request % 16, default: []].insert(answer.header("x-echo") ?? "")
        }
        #expect(names.values.allSatisfy { $0.count == 1 }, "\(names)")
        #expect(Set(names.values.joined()) == ["first", "second"])
        replicas.echoes[1].stop()
        for person in 0..<16 {
            let answer = try ask(replicas.nginx, headers: [("Authorization", "person \(person)")])
            #expect(answer.header("x-echo") == "first", "person \(person): \(answer.startLine)")
        }
    }

    @Test("replicas without sessions take requests in turn")
    func stateless() throws {
        let verifier = try Self.verifier()
        let replicas = try Replicas("    sessions: false\n    verify: application", verifier: verifier)
        let names = try (0..<8).map { _ in try ask(replicas.nginx).header("x-echo") ?? "" }
        #expect(names.count { $0 == "first" } == 4 && names.count { $0 == "second" } == 4)
    }

    // MARK: paths

    @Test("the message path of the older transport is verified like the stream, and keeps its name at the server")
    func messages() throws {
        let live = try LiveNginx(
            NginxSpecs.plain(connector: "    message_path: /messages")
                .replacing("upstream: http://127.0.0.1:3930", with: "upstream: http://127.0.0.1:3930/events"))
        for target in ["/messages?session_id=1", "/messages/?session_id=1"] {
            let answer = try live.ask("POST", target, headers: [("Authorization", "Bearer t")], body: "{}")
            #expect(answer.header("x-echo") == "application")
        }
        #expect(
            live.application.takeRequests().map(\.startLine) == [
                "POST /messages?session_id=1 HTTP/1.1", "POST /messages/?session_id=1 HTTP/1.1",
            ])
        let questions = live.verifier.takeRequests()
        #expect(
            questions.map { $0.values("x-mcp-resource") } == [
                ["https://mcp.example.com/mcp"], ["https://mcp.example.com/mcp"],
            ])
        let closed = try LiveNginx(NginxSpecs.plain(connector: "    message_path: /messages"), verifierStatus: 401)
        #expect(try closed.ask("POST", "/messages/?session_id=1", body: "{}").status == 401)
        #expect(closed.application.takeRequests().isEmpty)
    }

    @Test(
        "H72 where clients of aliases post messages the verifier is asked about all their resources, at a path of its own"
    )
    func messagesOfAliases() throws {
        let live = try LiveNginx(
            NginxSpecs.plain(
                connector: "    message_path: /messages\n    aliases: [/mcp2, /_connectorgen/example/mcp/messages]\n"
                    + "    alias_hosts: [mcp.example.net]"))
        let origin = "https://mcp.example.com"
        let all = "\(origin)/mcp \(origin)/mcp2 \(origin)/_connectorgen/example/mcp/messages"
        for (target, resource) in [
            ("/messages?session_id=1", all), ("/messages/x", all), ("/mcp", "\(origin)/mcp"),
            ("/mcp2", "\(origin)/mcp2"),
        ] {
            #expect(try live.ask("POST", target, body: "{}").header("x-echo") == "application")
            #expect(live.verifier.takeRequests().map { $0.values("x-mcp-resource") } == [[resource]], "\(target)")
        }
        let other = try RawHTTP.request(
            "POST", "/messages", host: "mcp.example.net", port: live.nginx.port, headers: [], body: "{}")
        #expect(other.header("x-echo") == "application")
        #expect(
            live.verifier.takeRequests().map { $0.values("x-mcp-resource") } == [["https://mcp.example.net/mcp"]])
    }

    @Test("every byte of a path below the transport arrives as that byte, decoded once and never out of its place")
    func bytes() throws {
        let mapped = try LiveNginx(
            NginxSpecs.plain(connector: "    verify: application")
                .replacing("upstream: http://127.0.0.1:3930", with: "upstream: http://127.0.0.1:3930/api/mcp"))
        let plain = try LiveNginx(NginxSpecs.plain(connector: "    verify: application"))
        for byte in UInt8.min...UInt8.max {
            let digits = String(byte, radix: 16, uppercase: true)
            let code = "%" + (byte < 16 ? "0" : "") + digits
            let target = "/mcp/a\(code)b"
            for live in [mapped, plain] {
                let answer = try live.ask("POST", target, body: "{}")
                let arrived = live.application.takeRequests().map { Self.path($0.startLine) }
                if byte == 0 {
                    #expect(answer.status == 400 && arrived.isEmpty, "\(code)")
                } else if live.rendered.plan.resources[0].mappedPath == nil {
                    #expect(arrived == [target])
                } else {
                    // A slash is one to nginx however it is written; everything else is its own byte again.
                    let expected = Array("/api/mcp/a".utf8) + [byte] + Array("b".utf8)
                    #expect(arrived.map(Self.decoded) == [expected], "\(code): \(arrived)")
                }
            }
        }
    }

    private static func path(_ startLine: String) -> String {
        startLine.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    }

    private static func decoded(_ path: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            let hex = String(decoding: rest.prefix(2), as: UTF8.self)
            guard byte == UInt8(ascii: "%"), let value = UInt8(hex, radix: 16) else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    @Test("a server on a socket has a path too")
    func socket() throws {
        let rendered = try RenderedNginx(Self.spec("upstream: unix:/run/mcp.sock:/api/mcp"))
        #expect(rendered.text("nginx/connectorgen-http.conf").contains("    server unix:/run/mcp.sock;"))
        #expect(rendered.text("nginx/mcp.example.com.conf").contains("proxy_pass http://example_mcp/api/mcp;"))
        #expect(try rendered.scratch().test() == (0, ""))
    }
}
