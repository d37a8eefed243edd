import CommandLineSyntax
import Diagnostics

/// `explain TOPIC`: a value of a spec, a line of an output, or a code.
enum ExplainCommand: RunnableCommand {
    private static let topic = Operand(
        "TOPIC", .required, .file, help: "SPEC:KEY, OUTPUT-FILE:LINE or a code like CG301")

    static let command = Command(
        "explain", "explain a value of the spec, a line of an output, or a code",
        discussion: [
            "SPEC:KEY shows a value, where it came from, and the output lines that it reaches.",
            "OUTPUT-FILE:LINE shows the lines of the spec that a generated line was made from.",
            "A code, its number or its name shows what it finds, why it matters and how to fix it.",
        ],
        operands: [topic],
        options: SharedOptions.reading + [SharedOptions.templates, SharedOptions.format, SharedOptions.color],
        examples: [
            Example(
                "connectorgen explain connector.yaml:issuer.url", "where the issuer comes from and what it reaches"),
            Example("connectorgen explain out/nginx/example.com.conf:31", "which line of the spec made this line"),
            Example("connectorgen explain CG301", "the page of a code"),
        ])

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let text = try CommandFailure.parsing { () throws(UsageError) in try invocation.required(topic) }
        if let result = CodeExplanation.result(text) { return result }
        guard let (file, rest) = split(text) else {
            throw .usage(
                invocation.misuse(
                    "\(DisplayText.escaped(text)) is no SPEC:KEY, no OUTPUT-FILE:LINE and no code"
                        + CodeExplanation.question(for: text)))
        }
        if let line = Int(rest) {
            return try CommandFailure.accessing { () throws(FileError) in
                try LineExplanation(file: file, line: line).result()
            }
        }
        let reporting = try Reporting(invocation, on: host)
        return try KeyExplanation(file: file, key: rest, invocation).result(reporting)
    }

    /// What stands before and behind the last colon.
    private static func split(_ text: String) -> (file: String, rest: String)? {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let (file, rest) = (text[..<colon], text[text.utf8.index(after: colon)...])
        return file.isEmpty || rest.isEmpty ? nil : (String(file), String(rest))
    }
}
