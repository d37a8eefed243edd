/// A request that passed every check, as a value.
package struct HTTPRequest: Hashable, Sendable {
    package var method: HTTPMethod
    /// As it was sent, never decoded; begins with one `/` and has no dot or empty segment.
    package var path: String
    /// As it was sent, without the `?`; nil when there was none.
    package var rawQuery: String?
    package var query: FormParameters
    package var headers: HTTPHeaders
    package var cookies: HTTPCookies
    package var body: [UInt8]
    /// The address of the peer without its port, which is the proxy's behind one; `unix` on a unix socket.
    package var remoteAddress: String

    /// A request made by hand, for handlers called without a socket.
    package init(
        _ method: HTTPMethod, _ path: String, rawQuery: String? = nil, query: FormParameters = .none,
        headers: HTTPHeaders = [:], body: [UInt8] = [], remoteAddress: String = "127.0.0.1"
    ) {
        self.method = method
        self.path = path
        self.rawQuery = rawQuery
        self.query = query
        self.headers = headers
        cookies = HTTPCookies(headers)
        self.body = body
        self.remoteAddress = remoteAddress
    }
}
