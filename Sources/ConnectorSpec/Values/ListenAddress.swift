/// Where `connectorgen-auth` listens: `127.0.0.1:8719`, `[::1]:8719` or `unix:/run/connectorgen/auth.sock`.
package struct ListenAddress: SpecValue {
    package static let noun = "a listen address"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
