import HTTPServer

/// The cookies that this server sets. The prefix has browsers hold them to this host, to encrypted connections (or this
/// machine) and to the whole path (RFC 6265bis §4.1.3.2), so that no neighbour can plant one.
struct BrowserCookie: Sendable {
    let name: String
    /// Seconds.
    let maximumAge: Int

    /// A nonce that forms are bound to. It says nothing about anybody and allows nothing.
    static let browser = BrowserCookie(name: "__Host-cg-browser", maximumAge: 86_400)
    /// Who signed in here.
    static let session = BrowserCookie(name: "__Host-cg-session", maximumAge: Int(Session.lifetime.components.seconds))

    private static let attributes = "Path=/; Secure; HttpOnly; SameSite=Lax"

    func value(in request: HTTPRequest) -> String? { request.cookies[name] }

    func set(_ value: String, on response: inout HTTPResponse) {
        response.headers.add("Set-Cookie", "\(name)=\(value); Max-Age=\(maximumAge); \(Self.attributes)")
    }

    func clear(on response: inout HTTPResponse) {
        response.headers.add("Set-Cookie", "\(name)=; Max-Age=0; \(Self.attributes)")
    }
}
