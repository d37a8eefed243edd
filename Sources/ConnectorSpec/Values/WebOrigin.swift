/// `scheme://host[:port]`, nothing behind it (RFC 6454).
package struct WebOrigin: SpecValue {
    package static let noun = "a web origin"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
