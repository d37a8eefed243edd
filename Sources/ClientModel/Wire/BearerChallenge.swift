/// The parameters of a `WWW-Authenticate` field as client libraries look for them: the first `name=value` anywhere in it,
/// quoted or not (RFC 6750, section 3; RFC 9728, section 5.1).
struct BearerChallenge {
    private let text: String

    /// Nil for a response without a challenge.
    init?(_ response: ClientResponse) {
        guard let text = response.value(of: "WWW-Authenticate"), !text.isEmpty else { return nil }
        self.text = text
    }

    subscript(_ name: String) -> String? {
        var rest = text[...]
        while let place = rest.firstIndex(where: { _ in true }) {
            guard let found = Self.value(of: name, at: rest[place...]) else {
                rest = rest.dropFirst()
                continue
            }
            return found
        }
        return nil
    }

    private static func value(of name: String, at text: Substring) -> String? {
        guard text.hasPrefix("\(name)=") else { return nil }
        let value = text.dropFirst(name.count + 1)
        if value.first == "\"" {
            let quoted = value.dropFirst().prefix { $0 != "\"" }
            return quoted.isEmpty || quoted.endIndex == value.endIndex ? nil : String(quoted)
        }
        let token = value.prefix { !$0.isWhitespace && $0 != "," }
        return token.isEmpty ? nil : String(token)
    }
}
