import ConfigLanguages
import Diagnostics
import ObservedFiles

/// What the reader of an env file says of it, for the files that are deployed.
struct EnvReadingRule: DeploymentRule {
    let documentation: RuleDocumentation

    /// A comment cannot allow what is found in a comment: no line with something on it follows that would be meant.
    private init(_ code: DiagnosticCode, isInComment: Bool = false, _ failing: [RuleExample]) {
        documentation = RuleDocumentation(
            code, isHard: isInComment, failing: failing, passing: [Self.file("app.env", "LOG_LEVEL=info\n")],
            references: [])
    }

    private static func file(_ name: String, _ text: String) -> RuleExample { RuleExample(files: ["\(name)": text]) }

    /// A file that systemd reads.
    private static func ofUnit(_ text: String) -> RuleExample {
        RuleExample(files: ["mcp.service": "[Service]\nEnvironmentFile=app.env\n", "app.env": text])
    }

    static let all: [any Rule] = [
        EnvReadingRule(.envNotText, [file("app.env", "A=b↓\u{0}\n")]),
        EnvReadingRule(.envSyntax, [file("app.sh.env", "A=b ↓c\n")]),
        EnvReadingRule(.envQuoteUnterminated, [file("app.sh.env", "A=↓'b\n")]),
        EnvReadingRule(.envLineIgnored, [ofUnit("↓A\nB=c\n")]),
        EnvReadingRule(.envDuplicateKey, [file("app.env", "A=b\n↓A=c\n")]),
        EnvReadingRule(.envNameOnly, [file("app.docker.env", "↓A\n")]),
        EnvReadingRule(.envNotStatic, [file("app.sh.env", "A=↓$(date)\n")]),
        EnvReadingRule(.envReferenceUnset, [file("app.sh.env", "A=$↓B\n")]),
        EnvReadingRule(.envNameInvalid, [ofUnit("↓export A=b\n")]),
        EnvReadingRule(.envValueDropped, [ofUnit("A=↓b\u{1}\n")]),
        EnvReadingRule(.envCommentContinues, isInComment: true, [ofUnit("# c↓\\\nA=b\n")]),
        EnvReadingRule(.envTextAfterQuote, [file("app.env", "A='b' ↓c\n")]),
    ]

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        comparison.readings.flatMap { reading in
            reading.reading.diagnostics.filter { $0.code == code }.map { finding in
                finding.fixed(by: fixes(of: finding, in: reading, context))
            }
        }
    }

    private func fixes(
        of finding: Diagnostic, in reading: DeploymentComparison.Reading, _ context: RuleContext
    ) -> [FixIt] {
        guard let span = finding.primary?.span else { return [] }
        switch code {
        case .envDuplicateKey:
            guard let earlier = finding.secondary.first?.span else { return [] }
            return DeployedFix(context).removal(ofDuplicate: earlier, before: span, in: reading)
        case .envCommentContinues:
            return [FixIt("take the backslash away", .machineApplicable, edits: [TextEdit(span, "")])]
        default: return []
        }
    }
}
