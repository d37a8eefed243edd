package import Diagnostics

/// A value of a JavaScript file as far as it is written down: literals, and constants of the same file. What a program
/// would have to run for is `computed`, and never guessed.
package indirect enum ScriptLiteral: Sendable {
    package struct Member: Sendable {
        package let name: String
        package let nameSpan: Span
        package let value: ScriptLiteral
        package let valueSpan: Span
    }

    case text(String)
    case number(String)
    case flag(Bool)
    case null
    case list([ScriptLiteral])
    /// `isComplete` is false where a spread or a computed key may add members.
    case object([Member], isComplete: Bool)
    case computed

    package subscript(_ name: String) -> ScriptLiteral? { member(name)?.value }

    package func member(_ name: String) -> Member? {
        guard case .object(let members, _) = self else { return nil }
        return members.last { $0.name == name }
    }

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var items: [ScriptLiteral]? { if case .list(let items) = self { items } else { nil } }
}

extension PM2Ecosystem {
    /// What an ecosystem file exports: a script in the forms of CommonJS or of a module, or JSON.
    package static func exported(
        by bytes: [UInt8], file: FileID
    ) -> (value: ScriptLiteral, problems: [SyntaxProblem]) {
        var reader = ScriptReader(bytes: bytes, file: file)
        let value = reader.exported()
        return (value, reader.problems)
    }
}
