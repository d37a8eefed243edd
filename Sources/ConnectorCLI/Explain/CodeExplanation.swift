import Diagnostics

/// `explain CG301`: the page of a code, offline.
enum CodeExplanation {
    /// The page of a code by its number or its name; nil when the text is neither.
    static func result(_ text: String) -> CommandResult? {
        if let code = CodeCatalogue.code(named: text) { return CommandResult(CodePage(code).plainText) }
        guard let number = CodeCatalogue.number(text) else { return nil }
        return CommandResult(
            notices: "there is no code \(DiagnosticCode.numbered(number))\(question(for: text))\n", status: .findings)
    }

    /// `; did you mean CG258 login-missing?`, or nothing.
    static func question(for text: String) -> String {
        CodeCatalogue.nearest(to: text).map { "; did you mean \($0) \($0.name)?" } ?? ""
    }
}
