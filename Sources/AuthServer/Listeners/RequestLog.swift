import Glibc
import HTTPServer
import JSONSyntax
import OAuthProtocol

/// One JSON line for each answered or refused request, without anything that a client chose but the method, and a host
/// that is refused: no path, no query, no header.
struct RequestLog: Sendable {
    /// Nil where requests are not logged.
    let write: (@Sendable (String) -> Void)?

    static let off = RequestLog(write: nil)
    static let standardError = RequestLog(write: { StandardError.write($0) })

    /// Answers a request by way of a listener, and logs it.
    func answer(_ request: HTTPRequest, by listener: some Listener) async -> HTTPResponse {
        let route = listener.route(request)
        guard let write else { return await listener.answer(request, route) }
        let start = ContinuousClock.now
        let response = await listener.answer(request, route)
        let microseconds = Int((ContinuousClock.now - start) / .microseconds(1))
        var members = [
            JSONMember("listener", .string(listener.name)), JSONMember("route", .string(route.description)),
            JSONMember("method", .string(request.method.rawValue)),
            JSONMember("status", .number(JSONNumber(response.status))),
            JSONMember("us", .number(JSONNumber(microseconds))),
            JSONMember("bytes", .number(JSONNumber(response.body.count))),
        ]
        if let reason = response.reason { members.append(JSONMember("reason", .string(reason))) }
        write(Self.line(members))
        return response
    }

    /// What the HTTP layer did by itself. A failed handler is a fault of ours and is always said; the rest can be
    /// brought about by any client and is said only where requests are logged.
    func note(_ event: HTTPServerEvent) {
        switch event {
        case .handlerFailed(let error): StandardError.line("a handler failed with \(error)")
        case .refused(let refusal):
            write?(
                Self.line([
                    JSONMember("refused", .string("\(refusal)")),
                    JSONMember("status", .number(JSONNumber(refusal.status))),
                ]))
        case .strangerRefused(let address):
            StandardError.line("refused a connection from \(address), which issuer.trusted_proxies does not name")
        // May quote what a client sent.
        case .library: break
        }
    }

    /// A document of a client that could not be had, by its host: the client is told that it is not known, and the
    /// operator wants to know why.
    func note(_ url: String, _ failure: DocumentFailure) {
        let host = ClientDocumentURL(url)?.host ?? "another URL"
        write?(Self.line([JSONMember("document", .string(host)), JSONMember("reason", .string("\(failure)"))]))
    }

    private static func line(_ members: [JSONMember]) -> String {
        let record = JSON.object([JSONMember("time", .string(time()))] + members)
        return String(decoding: record.encoded(.compact, finalNewline: true), as: UTF8.self)
    }

    /// Now, in UTC: `2026-11-21T12:00:00Z`.
    private static func time() -> String {
        var seconds = Glibc.time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}
