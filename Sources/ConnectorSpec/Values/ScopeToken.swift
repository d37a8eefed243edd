/// One scope token (RFC 6749 §3.3).
package struct ScopeToken: SpecValue {
    package static let noun = "a scope"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
