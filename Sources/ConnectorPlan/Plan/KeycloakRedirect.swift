import ConnectorSpec
package import OAuthModel
package import WebSyntax

/// A redirect URI as a client of Keycloak has it: a literal, or a prefix that ends in `/*`.
///
/// Keycloak's matching is its own. `/*` takes any depth; a loopback address without a port takes every port of that
/// host, one with a port takes that port alone; a template is no URI to it (measured on 26.5.6 and 26.7.3). So a rule
/// of ours is translated, and what comes out is checked by the grammar of ``CanonicalRedirectURI`` whatever it came
/// from.
package struct KeycloakRedirect: Hashable, Sendable {
    package static let expected = "a literal URI, or a template whose last segment alone is open"

    package let text: String

    package init(_ uri: String, match: RedirectMatch) throws(InvalidValue) {
        let literal = try Self.literal(uri, match)
        let parsed = try CanonicalRedirectURI(parsing: literal.text)
        if literal.isOpen, parsed.path == "/" {
            throw InvalidValue("would admit every path of its host", expected: Self.expected)
        }
        let base = match.ignoresPort ? Self.withoutPort(parsed) : parsed.text
        text = literal.isOpen ? base + "*" : base
    }

    /// The part before the placeholder, up to its slash.
    private static func literal(
        _ uri: String, _ match: RedirectMatch
    ) throws(InvalidValue) -> (text: String, isOpen: Bool) {
        guard match.isTemplate else { return (uri, false) }
        guard let slash = uri.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (uri, false) }
        let (before, last) = (uri[...slash], uri[uri.utf8.index(after: slash)...])
        guard last.hasPrefix("{"), last.hasSuffix("}"),
            last.dropFirst().dropLast().allSatisfy({ $0 != "{" && $0 != "}" })
        else { throw InvalidValue("is open elsewhere than in its last segment", expected: expected) }
        return (String(before), true)
    }

    private static func withoutPort(_ uri: CanonicalRedirectURI) -> String {
        guard uri.isLoopback, let host = uri.host, let port = uri.port else { return uri.text }
        let authority = "http://\(host):\(port)"
        return "http://\(host)" + uri.text.dropFirst(authority.utf8.count)
    }
}

extension RedirectMatch {
    /// RFC 8252 §7.3: the port of a native client is chosen when it starts.
    var ignoresPort: Bool { self == .loopback || self == .loopbackPattern }

    /// `{name}` stands for one segment.
    var isTemplate: Bool { self == .pattern || self == .loopbackPattern }
}
