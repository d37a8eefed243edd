import Glibc
import HTTPServer
import JSONSyntax

/// One JSON line for each answered request, without anything that a client chose but the method: no path, no query,
/// no header.
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
        let record: JSON = [
            "time": .string(Self.time()), "listener": .string(listener.name), "route": .string(route.description),
            "method": .string(request.method.rawValue), "status": .number(JSONNumber(response.status)),
            "us": .number(JSONNumber(microseconds)), "bytes": .number(JSONNumber(response.body.count)),
        ]
        write(String(decoding: record.encoded(.compact, finalNewline: true), as: UTF8.self))
        return response
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
