/// What the client wants the user to be asked (OpenID Connect Core §3.1.2.1); other words are ignored.
package struct Prompt: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let none = Prompt(rawValue: 1)
    package static let login = Prompt(rawValue: 2)
    package static let consent = Prompt(rawValue: 4)
    package static let selectAccount = Prompt(rawValue: 8)

    /// `none` goes with nothing else.
    package init(_ text: String) throws(Rejection) {
        self = []
        for word in text.utf8.split(separator: 0x20) {
            switch Substring(word) {
            case "none": insert(.none)
            case "login": insert(.login)
            case "consent": insert(.consent)
            case "select_account": insert(.selectAccount)
            default: break
            }
        }
        guard !contains(.none) || self == .none else { throw .malformedParameter(.prompt) }
    }
}
