/// A host that may register clients: exact, or `*.example.org`.
package struct HostPattern: SpecValue {
    package static let noun = "a host name or `*.domain`"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
