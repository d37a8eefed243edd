/// `scheme://host[:port]`, nothing behind it (RFC 6454).
package struct WebOrigin: TextValue {
    package static let noun = "a web origin"
    private static let rules = HTTPURL.Rules(
        noun: noun, expected: "an origin like https://chatgpt.com, nothing behind the host", allowsPath: false)

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text == "*" || text == "null" {
            throw InvalidValue("would admit every page", expected: Self.rules.expected)
        }
        _ = try HTTPURL(parsing: text, as: Self.rules)
        self.text = text
    }
}
