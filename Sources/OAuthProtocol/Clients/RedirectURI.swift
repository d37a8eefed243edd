/// A redirect URI that may be redirected to as far as its form goes; whether a client registered it is another question.
package struct RedirectURI: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case https
        /// `http` to `127.0.0.1`, `[::1]` or `localhost` (RFC 8252 §7.3).
        case loopback
        /// A scheme of the application's own (RFC 8252 §7.1).
        case privateUse
    }

    package let uri: AbsoluteURI
    package let kind: Kind

    package var text: String { uri.text }
    /// What a person is shown: the host of a web address, the scheme and what follows it of an application.
    package var displayHost: String {
        guard let host = uri.authority?.host, !host.isEmpty else { return uri.scheme + ":" }
        return kind == .privateUse ? "\(uri.scheme)://\(host)" : host
    }

    package init(_ text: String) throws(RedirectFault) {
        let uri: AbsoluteURI
        do throws(AbsoluteURI.Fault) { uri = try AbsoluteURI(text) } catch { throw .malformed(error) }
        guard !Self.forbiddenSchemes.contains(uri.scheme.lowercasedASCII) else { throw .forbiddenScheme }
        guard uri.authority?.hasUserinfo != true else { throw .userinfo }
        guard uri.fragment == nil else { throw .fragment }
        guard !uri.hasDotSegments else { throw .dotSegments }
        self.uri = uri
        guard uri.hasScheme("https") || uri.hasScheme("http") else {
            kind = .privateUse
            return
        }
        guard let host = uri.authority?.host, !host.isEmpty else { throw .missingHost }
        if uri.hasScheme("https") {
            kind = .https
        } else {
            guard Self.isLoopback(host) else { throw .plainHTTP }
            kind = .loopback
        }
    }

    /// The three spellings whose port is the application's to choose; no other address of 127/8, no other case.
    package static func isLoopback(_ host: String) -> Bool {
        host.hasSameBytes(as: "127.0.0.1") || host.hasSameBytes(as: "[::1]") || host.hasSameBytes(as: "localhost")
    }

    /// The text without the port, which is all that a loopback redirect is compared by.
    var withoutPort: String {
        guard let authority = uri.authority, let port = authority.port else { return uri.text }
        let prefix = "\(uri.scheme)://\(authority.host)"
        return prefix + uri.text.utf8.dropFirst(prefix.utf8.count + 1 + String(port).utf8.count).text
    }

    /// Schemes that run code, read files or open something else than an application that waits for a code.
    private static let forbiddenSchemes: Set<String> = [
        "about", "blob", "chrome", "data", "file", "filesystem", "ftp", "intent", "jar", "javascript", "mailto",
        "resource", "sms", "tel", "urn", "vbscript", "view-source", "ws", "wss",
    ]
}

extension Substring.UTF8View {
    fileprivate var text: String { String(Substring(self)) }
}
