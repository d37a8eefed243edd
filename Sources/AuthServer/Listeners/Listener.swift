import HTTPServer

/// One of the two sides that the server shows: what a path means there, and what is answered.
protocol Listener: Sendable {
    /// `public` or `private`, for logs.
    var name: String { get }

    func route(_ request: HTTPRequest) -> Route
    func answer(_ request: HTTPRequest, _ route: Route) async -> HTTPResponse
}
