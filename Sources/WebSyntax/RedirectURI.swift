/// A redirect URI that may be redirected to as far as its form goes (RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §2.1);
/// whether a client registered it is another question.
package struct RedirectURI: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case https
        /// `http` to `127.0.0.1`, `[::1]` or `localhost` (RFC 8252 §7.3).
        case loopback
        /// A scheme of the application's own (RFC 8252 §7.1).
        case privateUse
    }

    /// Why nobody may be redirected there.
    package enum Fault: Error, Hashable, Sendable {
        case malformed(AbsoluteURI.Fault)
        /// A scheme that runs code or reads files.
        case forbiddenScheme
        case userinfo
        case fragment
        case dotSegments
        case missingHost
        /// `http` to something that is not this machine.
        case plainHTTP
    }

    package let uri: AbsoluteURI
    package let kind: Kind

    package var text: String { uri.text }
    /// What a person is shown: the host of a web address, the scheme and what follows it of an application.
    package var displayHost: String {
        guard let host = uri.authority?.host, !host.isEmpty else { return uri.scheme + ":" }
        return kind == .privateUse ? "\(uri.scheme)://\(host)" : host
    }

    package init(_ text: String) throws(Fault) {
        let uri: AbsoluteURI
        do throws(AbsoluteURI.Fault) { uri = try AbsoluteURI(text) } catch { throw .malformed(error) }
        guard !Self.isForbidden(scheme: uri.scheme) else { throw .forbiddenScheme }
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
            guard LoopbackHost.contains(host) else { throw .plainHTTP }
            kind = .loopback
        }
    }

    /// The text without the port, which is all that a loopback redirect is compared by.
    package var withoutPort: String {
        guard let authority = uri.authority, let port = authority.port else { return uri.text }
        let prefix = "\(uri.scheme)://\(authority.host)"
        let rest = uri.text.utf8.dropFirst(prefix.utf8.count + 1 + String(port).utf8.count)
        return prefix + String(Substring(rest))
    }

    /// True for a scheme, in any case, that runs code, reads files or opens something else than an application that
    /// waits for a code.
    package static func isForbidden(scheme: String) -> Bool { forbiddenSchemes.contains(scheme.asciiLowercased) }

    private static let forbiddenSchemes: Set<String> = [
        "about", "blob", "chrome", "data", "file", "filesystem", "ftp", "intent", "jar", "javascript", "mailto",
        "resource", "sms", "tel", "urn", "vbscript", "view-source", "ws", "wss",
    ]
}
