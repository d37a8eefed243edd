import Diagnostics

extension Diagnostic {
    /// A warning of a plain scalar that other readers of YAML take for something else than text.
    ///
    /// The path is asked for only when there is something to say.
    static func lookAlike(_ text: String, at span: Span, path: () -> String) -> Diagnostic? {
        guard let first = text.utf8.first else { return nil }
        switch first {
        case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "o"),
            UInt8(ascii: "O"):
            guard let truth = YAMLValue.truthLookAlike(text) else { return nil }
            return Diagnostic(
                .yamlTruthLookAlike, .warning, "\(subject(path()))`\(text)` is text in YAML 1.2, not a boolean",
                at: Label(span), notes: ["readers of YAML 1.1 take it for `\(truth)`"],
                help: "write `\(truth)` where a boolean is meant, else quote it", fixes: [quoting(text, at: span)])
        case UInt8(ascii: "0"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard YAMLValue.looksOctal(text) else { return nil }
            return Diagnostic(
                .yamlOctalLookAlike, .warning,
                "\(subject(path()))`\(text)` has a leading zero and is read as text, not as a number",
                at: Label(span), notes: ["readers of YAML 1.1 take it for an octal number"],
                help: "quote it, or drop the zero where a number is meant", fixes: [quoting(text, at: span)])
        default: return nil
        }
    }

    private static func quoting(_ text: String, at span: Span) -> FixIt {
        FixIt("quote it", .machineApplicable, edits: [TextEdit(span, "\"\(text)\"")])
    }

    private static func subject(_ path: String) -> String { path.isEmpty ? "" : "`\(path)`: " }
}
