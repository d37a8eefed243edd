/// The variable names that services expect, from a dated data file with its sources.
package struct VocabularyCatalogue: Sendable {
    package let vocabularies: [Vocabulary]
    /// Why the data file could not be read; nil when it could.
    package let problem: String?

    package init(vocabularies: [Vocabulary], problem: String? = nil) {
        self.vocabularies = vocabularies
        self.problem = problem
    }

    package static let builtin = VocabularyCatalogue(vocabularies: [])

    package var names: [String] { vocabularies.map(\.name) }

    package func vocabulary(named name: String) -> Vocabulary? { vocabularies.first { $0.name == name } }
}
