/// One verb of a program. A name of two words, as in `routes trace`, is a command below another one.
package struct Command: Hashable, Sendable {
    package let name: String
    /// What it does, in one line without a full stop.
    package let summary: String
    /// Paragraphs for its help and manual page.
    package let discussion: [String]
    package let operands: [Operand]
    package let options: [Option]
    package let examples: [Example]

    package init(
        _ name: String,
        _ summary: String,
        discussion: [String] = [],
        operands: [Operand] = [],
        options: [Option] = [],
        examples: [Example] = []
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.operands = operands
        self.options = options
        self.examples = examples
    }

    var words: [String] { name.split(separator: " ").map(String.init) }
}
