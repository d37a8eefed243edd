import ConfigLanguages
import Diagnostics
import EdgeModel
import JSONSyntax

/// One request and its way, for people and for programs.
struct RouteTrace {
    private let request: EdgeRequest
    private let trace: EdgeTrace
    private let unseen: [String]
    private let sources: SourceMap

    init(_ request: EdgeRequest, through files: TracedFiles) {
        let edge = NginxEdge(files.files)
        var request = request
        // Behind a balancer that ends TLS, nginx hears the same request without it.
        if !edge.listens(on: request.port), edge.listens(on: 80) { request.port = 80 }
        self.request = request
        let isGiven = request.value(of: "Authorization") != nil
        trace = edge.trace(request, assuming: EdgeAssumptions(authorization: isGiven ? 200 : 401))
        sources = files.sources
        unseen = edge.unseenIncludes.compactMap { $0.arguments.first?.text }
    }

    /// False where the way ends at what nobody can read in the files.
    var isKnown: Bool { if case .unknown = trace.outcome { false } else { true } }

    // MARK: Text

    var text: String {
        let url = "\(request.scheme.rawValue)://\(request.host ?? "")\(request.target)"
        var lines = ["\(request.method) \(url)", ""]
        for (index, step) in trace.steps.enumerated() {
            lines.append("  \(index + 1). \(step.text)" + (place(step.span).map { "  (\($0))" } ?? ""))
        }
        lines += ["", outcome]
        for header in trace.addedHeaders {
            let verb = header.isKnown ? "adds" : "may add"
            lines.append("  \(verb) \(header.name): \(header.value)\(header.isAlways ? "" : "  (not on errors)")")
        }
        for path in unseen { lines.append("not seen: include \(path); give it with --vhost") }
        return lines.map { $0 + "\n" }.joined()
    }

    private var outcome: String {
        switch trace.outcome {
        case .answered(let status, let location, let body):
            let shown = body.flatMap { $0.isEmpty ? nil : ": " + $0.prefix(200) } ?? ""
            return "nginx answers \(status)\(location.map { " to \($0)" } ?? "")\(shown)"
        case .proxied(let upstream):
            let fields = upstream.headers.map { "  \($0.name): \($0.value)" }
            let silence = "  after \(trace.readTimeout ?? "60s") of silence nginx gives up"
            let buffer =
                "  the answer is \(trace.isBuffered ? "collected before the client sees it" : "passed on as it comes")"
            let status = trace.forcedStatus.map { ", and the client sees \($0)" } ?? ""
            return
                (["\(upstream.scheme)://\(upstream.server) is asked: \(upstream.method) \(upstream.target)\(status)"]
                + fields + [silence, buffer]).joined(separator: "\n")
        case .file(let path): return "a file: \(path)"
        case .handed(let place): return "handed to \(place)"
        case .closed: return "the connection is closed without an answer"
        case .unknown(let reason): return "unknown: \(reason)"
        }
    }

    /// `nginx/mcp.example.com.conf:41`
    private func place(_ span: Span?) -> String? {
        span.map { "\(sources[$0.file].path):\(sources[$0.file].position(at: $0.start).line)" }
    }

    // MARK: JSON

    /// The same for programs; further members may come, these stay.
    var json: [UInt8] {
        let steps = trace.steps.map { step -> JSON in
            var members = [JSONMember("text", .string(step.text))]
            if let span = step.span {
                let file = sources[span.file]
                members.append(JSONMember("file", .string(file.path)))
                members.append(JSONMember("line", .number(JSONNumber(file.position(at: span.start).line))))
            }
            return .object(members)
        }
        var members = [
            JSONMember("formatVersion", 1),
            JSONMember(
                "request",
                [
                    "method": .string(request.method), "host": .string(request.host ?? ""),
                    "target": .string(request.target), "port": .number(JSONNumber(request.port)),
                ]), JSONMember("steps", .array(steps)), JSONMember("outcome", outcomeJSON),
        ]
        if let location = trace.location { members.append(JSONMember("location", .string(location.text))) }
        if !trace.questions.isEmpty {
            members.append(JSONMember("authorization", .array(trace.questions.map(Self.json))))
        }
        members.append(
            JSONMember(
                "addedHeaders",
                .array(
                    trace.addedHeaders.map {
                        [
                            "name": .string($0.name), "value": .string($0.value), "always": .bool($0.isAlways),
                            "known": .bool($0.isKnown),
                        ]
                    })))
        members.append(JSONMember("unseenIncludes", .array(unseen.map { .string($0) })))
        return JSON.object(members).encoded(.pretty, finalNewline: true)
    }

    private var outcomeJSON: JSON {
        switch trace.outcome {
        case .answered(let status, let location, let body):
            var members = [JSONMember("kind", "answered"), JSONMember("status", .number(JSONNumber(status)))]
            if let location { members.append(JSONMember("location", .string(location))) }
            if let body { members.append(JSONMember("body", .string(body))) }
            return .object(members)
        case .proxied(let upstream):
            var members = [JSONMember("kind", "proxied"), JSONMember("upstream", Self.json(upstream))]
            if let status = trace.forcedStatus { members.append(JSONMember("status", .number(JSONNumber(status)))) }
            members.append(JSONMember("readTimeout", .string(trace.readTimeout ?? "60s")))
            members.append(JSONMember("buffered", .bool(trace.isBuffered)))
            return .object(members)
        case .file(let path): return ["kind": "file", "path": .string(path)]
        case .handed(let place): return ["kind": "handed", "to": .string(place)]
        case .closed: return ["kind": "closed"]
        case .unknown(let reason): return ["kind": "unknown", "reason": .string(reason)]
        }
    }

    private static func json(_ upstream: UpstreamRequest) -> JSON {
        [
            "method": .string(upstream.method), "server": .string("\(upstream.scheme)://\(upstream.server)"),
            "target": .string(upstream.target),
            "headers": .array(upstream.headers.map { ["name": .string($0.name), "value": .string($0.value)] }),
        ]
    }
}
