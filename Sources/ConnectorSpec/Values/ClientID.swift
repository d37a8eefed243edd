/// A client identifier: 1 to 128 visible ASCII characters without `" \\ : @ / ? #`, or the https URL of a metadata document.
package struct ClientID: SpecValue {
    package static let noun = "a client id"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
