package import Diagnostics

/// The variable names that services expect, from a dated data file with its sources.
package struct VocabularyCatalogue: Sendable {
    package let vocabularies: [Vocabulary]
    /// Says why the data file could not be read; nil when it could.
    package let problem: Diagnostic?

    /// The catalogue of the program, read when it is first asked for.
    package static let builtin = VocabularyCatalogue(reading: EmbeddedCatalogue.vocabularies)

    init(reading bytes: [UInt8]) {
        do throws(CatalogueError) {
            vocabularies = try EmbeddedCatalogue.rows(of: bytes, member: "vocabularies", read: Vocabulary.init(row:))
            problem = nil
        } catch {
            vocabularies = []
            problem = Diagnostic(
                .brokenCatalogue, .error, "the built-in vocabularies cannot be read: \(error.message)", at: nil)
        }
    }

    package var names: [String] { vocabularies.map(\.name) }

    package func vocabulary(named name: String) -> Vocabulary? { vocabularies.first { $0.name == name } }
}
