/// Where a server is administered: `http://keycloak:8080` in a network of containers, a forwarded port, or its public
/// `https` URL; a path where the server lies below one, without trailing slash.
package struct AdminURL: TextValue {
    package static let noun = "an address of a server"
    static let rules = HTTPURL.Rules(
        noun: noun, expected: "http://host:port or https://host, with a path where the server has one",
        allowsHTTP: true)

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

    /// `host[:port]`
    package var authority: String { port.map { "\(host.text):\($0)" } ?? host.text }

    /// True when it leads to where the issuer is, port included: nginx would send requests to itself.
    package func isSameServer(as issuer: IssuerURL) -> Bool {
        host == issuer.host && port == issuer.port && scheme == issuer.scheme
    }
}
