import ConfigLanguages
import EdgeModel
import TestSupport
import Testing

@Suite("the simulator and a real nginx", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxAgreementTests {
    /// What nginx and the upstream did, or what the simulator says that they do: in the same words, so that a
    /// difference can be read.
    private static func story(of answer: RawMessage, isHead: Bool) -> [String] {
        var lines = ["status \(answer.status)"]
        if let name = answer.header("x-echo") {
            lines.append("from \(name)")
            if !isHead, let heard = try? RawHTTP.parse(answer.body) {
                lines.append("asked \(heard.startLine)")
                lines += heard.headers.map { "\($0.name.lowercased()): \($0.value)" }
                    .filter { !$0.hasPrefix("content-length:") && !$0.hasPrefix("x-forwarded-port:") }.sorted()
            }
        } else {
            if let location = answer.header("location") { lines.append("location \(location)") }
            if !isHead, answer.status == 200 || answer.text == "away" { lines.append("body \(answer.text)") }
        }
        return lines
            + answer.headers.filter { ["x-site", "x-location", "x-if"].contains($0.name.lowercased()) }
            .map { "adds \($0.name): \($0.value)" }.sorted()
    }

    private static let addedOn: Set<Int> = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308]

    private static func story(of trace: EdgeTrace, isHead: Bool, upstream: Int) -> [String] {
        var lines: [String] = []
        var status = 0
        switch trace.outcome {
        case .answered(let code, let location, let body):
            status = code
            lines = ["status \(code)"]
            if let location { lines.append("location \(location)") }
            if !isHead, let body, code == 200 || body == "away" { lines.append("body \(body)") }
        case .proxied(let asked):
            status = trace.forcedStatus ?? 200
            lines = ["status \(status)", "from echo"]
            if !isHead {
                lines.append("asked \(asked.method) \(asked.target) HTTP/1.0")
                lines += asked.headers.map { "\($0.name.lowercased()): \($0.value)" }.sorted()
            }
        case .file(let path): lines = ["file \(path)"]
        case .handed(let place): lines = ["handed \(place)"]
        case .closed: lines = ["closed"]
        case .unknown(let reason): lines = ["unknown \(reason)"]
        }
        return lines
            + trace.addedHeaders.filter { $0.isAlways || addedOn.contains(status) }
            .map { "adds \($0.name): \($0.value)" }.sorted()
    }

    /// nginx resets a connection whose body it does not read, and may do so before the answer was read: then it is asked
    /// again.
    private static func ask(_ port: Int, _ asked: GeneratedSite.GeneratedRequest) throws -> RawMessage {
        func once() throws -> RawMessage {
            try RawHTTP.request(
                asked.method, asked.target, host: asked.host, port: port, headers: asked.headers,
                body: asked.method == "POST" ? "{}" : "")
        }
        for _ in 0..<20 { if let answer = try? once(), answer.status != 502 { return answer } }
        return try once()
    }

    @Test("agree on thousands of generated configurations and requests", arguments: 0..<12)
    func agreement(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) + 1)
        let echo = try EchoUpstream(name: "echo")
        let judges = try [200, 401, 403, 500].map { ($0, try EchoUpstream(name: "judge", status: $0)) }
        defer {
            echo.stop()
            for (_, judge) in judges { judge.stop() }
        }
        let ports = Dictionary(uniqueKeysWithValues: judges.map { ($0.0, $0.1.port) })
        let sites = (0..<15).map {
            GeneratedSite(number: $0, requests: 30, upstream: echo.port, judges: ports, using: &random)
        }
        let http = """
                upstream echo { server 127.0.0.1:\(echo.port); }
                map $uri $kind { default other; /a first; ~^/mcp(.*)$ "second$1"; ~*PHP $request_method; /X upper; }
                map $uri $part { default ""; }
                map $uri $top { default ""; }
            """
        let nginx = try ScratchNginx(http: http, servers: sites.map(\.text).joined(separator: "\n"))
        let tested = try nginx.test()
        try #require(tested.status == 0, "\(tested.output)")
        try nginx.start()
        defer { nginx.stop() }
        let text =
            "http {\n" + http + "\n"
            + sites.map(\.text).joined(separator: "\n").replacing("{PORT}", with: String(nginx.port)) + "\n}\n"
        let parsed = NginxParser.parse(Array(text.utf8))
        try #require(parsed.problems.isEmpty)
        let edge = NginxEdge([NginxEdge.File(path: "n.conf", block: parsed.file)])
        var unknown = 0
        var pairs = 0
        for site in sites {
            for asked in site.requests {
                let real = try Self.ask(nginx.port, asked)
                let request = EdgeRequest(
                    asked.method, .http, port: nginx.port, host: asked.host, target: asked.target,
                    headers: [EdgeRequest.Header("Connection", "close")]
                        + asked.headers.map { EdgeRequest.Header($0.0, $0.1) }
                        + (asked.method == "POST" ? [EdgeRequest.Header("Content-Length", "2")] : []),
                    peer: "127.0.0.1")
                var trace = edge.trace(request, assuming: EdgeAssumptions(authorization: 200, files: []))
                if let question = trace.questions.first,
                    let judge = ports.first(where: { question.server == "127.0.0.1:\($0.value)" })
                {
                    trace = edge.trace(request, assuming: EdgeAssumptions(authorization: judge.key, files: []))
                }
                pairs += 1
                if case .unknown = trace.outcome {
                    unknown += 1
                    continue
                }
                let isHead = asked.method == "HEAD"
                let (expected, simulated) = (
                    Self.story(of: real, isHead: isHead), Self.story(of: trace, isHead: isHead, upstream: echo.port)
                )
                if expected != simulated {
                    Issue.record(
                        """
                        \(asked.method) \(asked.target) at \(asked.host)
                        nginx:     \(expected.joined(separator: " | "))
                        simulated: \(simulated.joined(separator: " | "))
                        \(trace.steps.map { "  - \($0.text)" }.joined(separator: "\n"))
                        \(site.text)
                        """)
                    return
                }
            }
        }
        #expect(pairs == 450 && unknown * 50 < pairs, "\(unknown) of \(pairs) are unknown")
    }
}
