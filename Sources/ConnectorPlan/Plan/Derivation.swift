/// How a value of the plan came about: it was written, left out, or made by a rule. It stands where the value is made.
package struct Derivation: Sendable, ExpressibleByStringLiteral {
    package enum Source: String, Hashable, Sendable {
        /// It stands in the spec.
        case written
        /// It was left out of the spec.
        case `default`
        /// It was made from other values.
        case derived
    }

    /// Names keys of the spec; `connector.…` is a key of the connector that the value belongs to. It stands first: the
    /// other member fits into the bytes that it leaves.
    private let sentence: StaticString
    package let source: Source

    private init(_ source: Source, _ sentence: StaticString) {
        self.source = source
        self.sentence = sentence
    }

    /// A rule: what it was made from, then how.
    package init(stringLiteral sentence: StaticString) {
        self.init(.derived, sentence)
    }

    package static let written = Derivation(.written, "")

    /// A default that its value says.
    package static let `default` = Derivation(.default, "")

    /// A default, in words.
    package static func `default`(_ sentence: StaticString) -> Derivation { Derivation(.default, sentence) }

    /// The whole sentence: `derived from connectors.mcp.public_url: its host`.
    /// `value` stands for a default without words; `connector` is whose value it is, nil for one of the deployment.
    package func text(showing value: String, connector: String?) -> String {
        switch source {
        case .written: "written"
        case .default: "default: \(sentence.utf8CodeUnitCount == 0 ? value : named(connector))"
        case .derived: "derived from \(named(connector))"
        }
    }

    /// The sentence with the connector's own keys, `connectors.mcp.public_url` for `connector.public_url`.
    private func named(_ connector: String?) -> String {
        let sentence = sentence.description
        guard let connector else { return sentence }
        let prefix = "connector."
        return sentence.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.hasPrefix(prefix) ? "connectors.\(connector).\(word.dropFirst(prefix.count))" : String(word)
        }.joined(separator: " ")
    }
}
