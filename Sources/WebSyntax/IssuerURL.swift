/// An issuer identifier (RFC 8414 §2): `https://host[:port][/path]`, kept byte for byte.
///
/// A trailing slash is part of it where the provider has one (Auth0).
package struct IssuerURL: TextValue {
    package static let noun = "an issuer URL"
    static let rules = HTTPURL.Rules(
        noun: noun, expected: "the issuer identifier, https://host/path without query or fragment",
        allowsTrailingSlash: true, isIssuer: true)

    package let text: String
    package let scheme: String
    package let host: HostName
    package let port: Int?
    /// `""`, `/`, `/realms/mcp` or `/tenant/`.
    package let path: String

    package init(parsing text: String) throws(InvalidValue) {
        let url = try HTTPURL(parsing: text, as: Self.rules)
        self.text = text
        (scheme, host, port, path) = (url.scheme, url.host, url.port, url.path)
    }

    package var origin: String { "\(scheme)://\(authority)" }
    package var authority: String { port.map { "\(host.text):\($0)" } ?? host.text }

    /// The issuer's path, of the path of one of its metadata documents: inserted
    /// (`/.well-known/oauth-authorization-server/mcp`, RFC 8414 §3.1) or appended
    /// (`/realms/mcp/.well-known/openid-configuration`, OpenID Connect Discovery §4).
    static func path(ofMetadataPath path: String) -> String {
        let segments = path.split(separator: "/", omittingEmptySubsequences: true)
        guard let mark = segments.firstIndex(of: ".well-known") else { return path }
        let kept = segments[..<mark] + segments[mark...].dropFirst(2)
        return kept.map { "/" + $0 }.joined()
    }
}
