/// A URL that people and clients use: `https://host[:port][/path]`, or `http` on a loopback host.
///
/// Lower-case scheme and host, no trailing slash, query, fragment or userinfo; kept byte for byte.
package struct PublicURL: TextValue {
    package static let noun = "an https URL"
    static let rules = HTTPURL.Rules(
        noun: noun, expected: "https://host/path without trailing slash, query or fragment")

    package let text: String
    package let scheme: String
    package let host: HostName
    /// Nil when it is not written.
    package let port: Int?
    /// `""`, or a path without trailing slash.
    package let path: String

    package init(parsing text: String) throws(InvalidValue) {
        let url = try HTTPURL(parsing: text, as: Self.rules)
        self.text = text
        (scheme, host, port, path) = (url.scheme, url.host, url.port, url.path)
    }

    /// `scheme://host[:port]`
    package var origin: String { "\(scheme)://\(authority)" }
    /// `host[:port]`
    package var authority: String { port.map { "\(host.text):\($0)" } ?? host.text }
}
