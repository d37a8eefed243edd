import Diagnostics

/// Sorts what rules found by what comments allow, and finds what is wrong with the comments.
struct Suppressions {
    private(set) var kept: [Diagnostic] = []
    private(set) var suppressed: [Report.Suppressed] = []

    init(_ findings: [Diagnostic], comments: [Suppression], in sources: SourceMap) {
        guard !comments.isEmpty else {
            kept = findings
            return
        }
        var used = Set<Int>()
        for finding in findings {
            guard let span = finding.primary?.span,
                let index = comments.firstIndex(where: { Self.allows($0, finding.code, at: span, in: sources) })
            else {
                kept.append(finding)
                continue
            }
            used.insert(index)
            suppressed.append(Report.Suppressed(finding, reason: comments[index].reason))
        }
        for (index, comment) in comments.enumerated() {
            if let problem = Self.problem(of: comment) {
                kept.append(problem)
            } else if !used.contains(index) {
                kept.append(
                    Diagnostic(
                        .unusedSuppression, .warning,
                        "nothing is found here that this comment would allow: \(comment.names.joined(separator: ", "))",
                        at: Label(comment.span, "allows nothing"), help: "remove the comment"))
            }
        }
    }

    private static func allows(
        _ comment: Suppression, _ code: DiagnosticCode, at span: Span, in sources: SourceMap
    ) -> Bool {
        guard !comment.reason.isEmpty, comment.span.file == span.file,
            comment.line == sources[span.file].lineIndex(at: span.start)
        else { return false }
        return comment.names.contains { RuleRegistry.rule(named: $0)?.code == code }
    }

    private static func problem(of comment: Suppression) -> Diagnostic? {
        let form = "write `# connectorgen: allow CG503 -- reason`"
        if comment.names.isEmpty {
            return malformed("the comment does not say which finding it allows", comment, help: form)
        }
        if comment.reason.isEmpty {
            return malformed("the comment gives no reason behind ` -- `", comment, help: form)
        }
        for name in comment.names {
            guard let rule = RuleRegistry.rule(named: name) else {
                let nearest = Suggestion.nearest(to: name, in: RuleRegistry.names)
                return malformed(
                    "the comment allows `\(name)`, which is no rule", comment,
                    help: nearest.map { "did you mean `\($0)`?" } ?? form)
            }
            if rule is ReadingRule {
                return malformed(
                    "\(rule.code) cannot be allowed: the spec would not be readable", comment, help: "mend the finding")
            }
        }
        return nil
    }

    private static func malformed(_ message: String, _ comment: Suppression, help: String) -> Diagnostic {
        Diagnostic(.malformedSuppression, .error, message, at: Label(comment.span), help: help)
    }
}
