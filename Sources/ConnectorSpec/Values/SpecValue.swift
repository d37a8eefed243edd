package import Diagnostics

/// A scalar of the spec with a type of its own: a value of it cannot exist in an invalid state.
package protocol SpecValue: Hashable, Sendable {
    /// What a message calls it: `an https URL`, `a client id`.
    static var noun: String { get }
    /// Exactly the characters that were written; nothing is normalised (DESIGN, promise 2).
    var text: String { get }
    init(parsing text: String) throws(InvalidValue)
}

/// Why a text is no value of its type.
package struct InvalidValue: Error, Hashable, Sendable {
    /// Lower case, no full stop: `has a trailing slash`.
    package let problem: String
    /// What would be right: `https://host/path without query or fragment`.
    package let expected: String
    /// A text that would be right, when one is obvious.
    package let suggestion: String?
    /// The kind of finding this is reported as.
    package let code: DiagnosticCode

    package init(
        _ problem: String, expected: String, suggestion: String? = nil, code: DiagnosticCode = .invalidValue
    ) {
        self.problem = problem
        self.expected = expected
        self.suggestion = suggestion
        self.code = code
    }
}

extension SpecValue {
    /// The text when it is a value of this type, or else what comes out when its own mistake is mended:
    /// no suggestion holds a further mistake.
    ///
    /// Each correction has to bring the text nearer to the grammar, never leave it as it was.
    static func suggestion(_ text: String) -> String? {
        do throws(InvalidValue) {
            return try Self(parsing: text).text
        } catch {
            return error.suggestion
        }
    }
}
