/// A redirect URI: https, loopback http or a private-use scheme; no fragment, no userinfo, no wildcard.
package struct RedirectURI: SpecValue {
    package static let noun = "a redirect URI"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
