package import OAuthModel
package import RuntimeConfig
package import WebSyntax

/// A redirect URI as a client registered it, with the way in which it is compared.
package struct RegisteredRedirect: Hashable, Sendable {
    package let uri: String
    package let match: RedirectMatch

    package init(_ uri: String, _ match: RedirectMatch) {
        self.uri = uri
        self.match = match
    }

    /// As a client registers it itself: exact, but for the port of a loopback address.
    package init(registering redirect: RedirectURI) {
        self.init(redirect.text, redirect.kind == .loopback ? .loopback : .exact)
    }

    package init(_ redirect: RuntimeConfig.Redirect) {
        self.init(redirect.uri, redirect.match)
    }

    /// True where it is one URI that can be redirected to, without anything to fill in.
    package var isConcrete: Bool { match == .exact || match == .loopback }

    /// True when a request may name this redirect so.
    package func matches(_ requested: RedirectURI) -> Bool {
        switch match {
        case .exact: uri.hasSameBytes(as: requested.text)
        case .loopback: matchesLoopback(requested)
        case .pattern: Self.matches(pattern: uri, requested.text)
        case .loopbackPattern:
            requested.kind == .loopback && Self.matches(pattern: portless(uri), requested.withoutPort)
        }
    }

    private func matchesLoopback(_ requested: RedirectURI) -> Bool {
        guard requested.kind == .loopback else { return uri.hasSameBytes(as: requested.text) }
        return portless(uri).hasSameBytes(as: requested.withoutPort)
    }

    /// The registered text without its port, which may be a pattern and so no URI.
    private func portless(_ text: String) -> String {
        guard let slashes = text.authorityStart else { return text }
        let end = text.utf8[slashes...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
        let authority = text.utf8[slashes..<(end ?? text.utf8.endIndex)]
        guard let colon = authority.lastIndex(of: UInt8(ascii: ":")),
            authority[colon...].dropFirst().allSatisfy(\.isDigit)
        else { return text }
        return String(text[..<colon]) + String(text[authority.endIndex...])
    }

    /// `{name}` stands for one path segment of unreserved characters that is no dot segment; all else is literal.
    private static func matches(pattern: String, _ text: String) -> Bool {
        let wanted = pattern.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let found = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard wanted.count == found.count else { return false }
        return zip(wanted, found).enumerated().allSatisfy { index, pair in
            let (piece, segment) = pair
            // Scheme and authority are never a placeholder.
            guard index > 2, piece.first == UInt8(ascii: "{"), piece.last == UInt8(ascii: "}") else {
                return piece.elementsEqual(segment)
            }
            return !segment.isEmpty && segment.count <= 256 && segment.allSatisfy(\.isUnreserved)
        }
    }
}
