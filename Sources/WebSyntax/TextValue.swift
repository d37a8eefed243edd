/// A text of one grammar, with a type of its own: a value of it cannot exist in an invalid state.
package protocol TextValue: Hashable, Sendable {
    /// What a message calls it: `an https URL`, `a client id`.
    static var noun: String { get }
    /// Exactly the characters that were written; nothing is normalised.
    var text: String { get }
    /// False for a grammar in whose place a secret may stand by mistake, so that no message repeats what it refuses.
    static var mayBeShown: Bool { get }
    init(parsing text: String) throws(InvalidValue)
}

/// Why a text is no value of its type.
package struct InvalidValue: Error, Hashable, Sendable {
    /// What sort of mistake it is; whoever reports it has a code for each.
    package enum Kind: Hashable, Sendable, CaseIterable {
        case invalidValue, emptyValue, unknownName, wrongKind, templateResidue
        case urlNotCanonical, notHTTPS, trailingSlash, metadataURLAsIssuer
        case invalidHost, wildcardTrustedHost, reservedEnvironmentName
    }

    /// Lower case, no full stop: `has a trailing slash`.
    package let problem: String
    /// What would be right: `https://host/path without query or fragment`.
    package let expected: String
    /// A text that would be right, when one is obvious.
    package let suggestion: String?
    package let kind: Kind

    package init(_ problem: String, expected: String, suggestion: String? = nil, kind: Kind = .invalidValue) {
        self.problem = problem
        self.expected = expected
        self.suggestion = suggestion
        self.kind = kind
    }
}

extension TextValue {
    package static var mayBeShown: Bool { true }

    /// The text when it is a value of this type, or else what comes out when its own mistake is fixed:
    /// no suggestion holds a further mistake.
    ///
    /// Each correction has to bring the text nearer to the grammar, never leave it as it was.
    package static func suggestion(_ text: String) -> String? {
        do throws(InvalidValue) {
            return try Self(parsing: text).text
        } catch {
            return error.suggestion
        }
    }
}
