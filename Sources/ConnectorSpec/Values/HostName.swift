/// A lower-case DNS name or a loopback literal, without scheme, port or trailing dot.
package struct HostName: SpecValue {
    package static let noun = "a host name"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
