import HTTPServer

/// One of the two sides that the server shows: what a path means there, and what is answered.
protocol Listener: Sendable {
    /// What a request leads to, found once, with all that the answer needs of it. Its description is the only thing
    /// that logs and metrics say of a path, so nothing that a client sends gets into them.
    associatedtype Route: Sendable, CustomStringConvertible

    /// `public` or `private`, for logs.
    var name: String { get }
    func route(_ request: HTTPRequest) -> Route
    func answer(_ request: HTTPRequest, _ route: Route) async -> HTTPResponse
}
