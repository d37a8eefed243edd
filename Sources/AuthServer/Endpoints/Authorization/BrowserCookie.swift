import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// The cookies that this server sets, for encrypted connections (or this machine) and out of the reach of scripts.
///
/// Who signed in is in two halves, so that neither is worth anything alone. The nonce goes to every path of the host,
/// also to MCP servers: only so does its prefix have browsers refuse one that a neighbour plants (RFC 6265bis
/// §4.1.3.2). The session, which counts only beside the nonce that it was made for, goes to nobody but this server.
struct BrowserCookie: Sendable {
    let name: String
    /// Seconds.
    let maximumAge: Int
    /// The cookie is set once for each; browsers send it there and below.
    let paths: [String]

    /// A nonce that forms and the session are bound to. It says nothing about anybody and allows nothing.
    static let browser = BrowserCookie(name: "__Host-cg-browser", maximumAge: 86_400, paths: ["/"])

    /// Who signed in here; for the endpoints that ask. A legacy alias does not, and has people sign in anew.
    static func session(of config: RuntimeConfig) -> BrowserCookie {
        BrowserCookie(
            name: "__Secure-cg-session", maximumAge: Int(Session.lifetime.components.seconds),
            paths: ([.authorize, .consent] + (config.mode == .upstream ? [.callback] : [])).compactMap(config.path(of:))
        )
    }

    func value(in request: HTTPRequest) -> String? { request.cookies[name] }

    /// All values of the name: a neighbour may have planted one beside ours.
    func values(in request: HTTPRequest) -> [String] {
        request.cookies.pairs.filter { $0.name == name }.map(\.value)
    }

    func set(_ value: String, on response: inout HTTPResponse) {
        add(value, maximumAge: maximumAge, to: &response)
    }

    func clear(on response: inout HTTPResponse) {
        add("", maximumAge: 0, to: &response)
    }

    private func add(_ value: String, maximumAge: Int, to response: inout HTTPResponse) {
        for path in paths {
            response.headers.add(
                "Set-Cookie",
                "\(name)=\(value); Max-Age=\(maximumAge); Path=\(path); Secure; HttpOnly; SameSite=Lax")
        }
    }
}
