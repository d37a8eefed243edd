/// An issuer identifier (RFC 8414 §2): `https://host[:port][/path]`, kept byte for byte.
///
/// A trailing slash is part of it where the provider has one (Auth0).
package struct IssuerURL: SpecValue {
    package static let noun = "an issuer URL"

    package let text: String
    package let scheme: String
    package let host: HostName
    package let port: Int?
    /// `""`, `/`, `/realms/mcp` or `/tenant/`.
    package let path: String

    package init(parsing text: String) throws(InvalidValue) {
        throw InvalidValue("is not parsed yet", expected: "a parser")
    }

    package var origin: String { "\(scheme)://\(authority)" }
    package var authority: String { port.map { "\(host.text):\($0)" } ?? host.text }
}
