import OAuthModel
import Testing
import WebSyntax

@Suite("what the compiler accepts, the server accepts")
struct SharedGrammarTests {
    /// Texts near each grammar: right ones, each with every byte of a set put in, taken out or doubled at every place.
    private static func neighbours(of texts: [String]) -> [String] {
        let insertions = [
            "", "/", ":", "@", "%2e", "%2E", "%00", "#", "?", "[", "]", "*", "{", "..", "//", "A", "\u{7F}", "é",
        ]
        var all = texts
        for text in texts {
            let bytes = Array(text.utf8)
            for index in bytes.indices {
                let head = String(decoding: bytes[..<index], as: UTF8.self)
                let tail = String(decoding: bytes[(index + 1)...], as: UTF8.self)
                for insertion in insertions {
                    all.append(head + insertion + tail)
                    all.append(head + insertion + String(decoding: bytes[index...], as: UTF8.self))
                }
            }
        }
        return all
    }

    @Test("a canonical redirect URI is one that the server redirects to, with the same parts")
    func redirects() {
        let schemes = [
            "about", "blob", "chrome", "data", "file", "filesystem", "ftp", "intent", "jar", "javascript", "mailto",
            "resource", "sms", "tel", "urn", "vbscript", "view-source", "ws", "wss",
        ]
        let texts = Self.neighbours(
            of: [
                "https://chatgpt.com/connector_platform_oauth_redirect", "http://127.0.0.1:3334/callback",
                "http://localhost/cb", "http://[::1]:1/cb", "cursor://anysphere.cursor-mcp/oauth/callback",
                "com.example.app:/oauth", "workbuddy://oauth/a%3Ab", "https://example.com:8443/cb?a=b&c=d",
            ] + schemes.map { "\($0)://x/cb" } + schemes.map { "\($0):/cb" })
        var accepted = 0
        for text in texts {
            guard let canonical = try? CanonicalRedirectURI(parsing: text) else { continue }
            accepted += 1
            guard let redirect = try? RedirectURI(text) else {
                Issue.record("the server refuses \(text)")
                continue
            }
            #expect(redirect.uri.scheme == canonical.scheme && (redirect.uri.authority?.host ?? nil) == canonical.host)
            #expect(redirect.uri.authority?.port == canonical.port && redirect.uri.path == canonical.path, "\(text)")
            #expect((redirect.kind == .loopback) == canonical.isLoopback)
        }
        #expect(accepted > 500)
    }

    @Test("URLs of the spec are URIs of the server, with the same host, port and path")
    func urls() {
        let texts = Self.neighbours(of: [
            "https://mcp.example.com/mcp", "https://mcp.example.com", "http://127.0.0.1:8780/mcp",
            "http://[::1]:8780/mcp", "https://tenant.auth0.com/", "https://mcp.example.com:8443/a/b.c-d_e~f",
        ])
        var accepted = 0
        for text in texts {
            guard let issuer = try? IssuerURL(parsing: text) else {
                #expect((try? PublicURL(parsing: text)) == nil, "\(text)")
                continue
            }
            accepted += 1
            guard let uri = try? AbsoluteURI(text) else {
                Issue.record("the server refuses \(text)")
                continue
            }
            #expect(uri.scheme == issuer.scheme && uri.authority?.host == issuer.host.text, "\(text)")
            #expect(uri.authority?.port == issuer.port && uri.path == issuer.path, "\(text)")
            #expect(uri.query == nil && uri.fragment == nil && !uri.hasDotSegments, "\(text)")
        }
        #expect(accepted > 200)
    }
}
