import Diagnostics

/// Why a command line means nothing. The caller prints it to standard error and exits 2.
package struct UsageError: Error, Hashable, Sendable {
    /// What is wrong, in one line: `unknown option --ouput`.
    package let line: String
    /// The nearest spelling that would have been right: `--output`.
    package let suggestion: String?
    /// How to learn more: `connectorgen build --help`.
    package let helpCommand: String

    package init(_ line: String, suggestion: String? = nil, helpCommand: String) {
        self.line = line
        self.suggestion = suggestion
        self.helpCommand = helpCommand
    }

    /// The text for standard error, with a line end.
    package func text(program: String) -> String {
        let question = suggestion.map { "; did you mean \($0)?" } ?? ""
        return "\(program): \(line)\(question)\nTry: \(helpCommand)\n"
    }
}
