import ConnectorSpec
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let malformedSuppression = DiagnosticCode(
        120, "malformed-suppression",
        summary: "A comment that is to allow a finding has no reason, or names nothing that can be allowed.",
        why: "An exception without a reason is one that nobody dares to remove.",
        remedy: "Write `# connectorgen: allow CG503 -- reason` on the line, or on the line before it.")
    package static let unusedSuppression = DiagnosticCode(
        121, "unused-suppression", .warning,
        summary: "A comment allows a finding that is not there.",
        why: "It would hide the next finding of that rule, which nobody has looked at.",
        remedy: "Remove the comment.")
}

/// Sorts what was found by what comments allow, and finds what is wrong with the comments.
///
/// Whatever is no hard error can be allowed: what rules find, and the warnings and notes of the phases.
struct Suppressions {
    private(set) var kept: [Diagnostic] = []
    private(set) var suppressed: [Report.Suppressed] = []
    private let context: RuleContext
    private let codes: [DiagnosticCode]

    init(
        ofRules: [Diagnostic], ofPhases: [Diagnostic], comments: [Suppression], in context: RuleContext,
        laterErrors: [DiagnosticCode]
    ) {
        self.context = context
        codes = RuleRegistry.all.map(\.code) + laterErrors
        guard !comments.isEmpty else {
            kept = ofPhases + ofRules
            return
        }
        var used = Set<Int>()
        var hard: [Int: Diagnostic] = [:]
        for (finding, isHard) in ofPhases.map({ ($0, $0.severity == .error) }) + ofRules.map({ ($0, isHard($0)) }) {
            let places = places(of: finding)
            guard
                let index = comments.firstIndex(where: { comment in
                    places.contains { allows(comment, finding.code, at: $0) }
                })
            else {
                kept.append(finding)
                continue
            }
            if isHard {
                kept.append(finding)
                hard[index] = finding
            } else {
                used.insert(index)
                suppressed.append(Report.Suppressed(finding, reason: comments[index].reason))
            }
        }
        for (index, comment) in comments.enumerated() {
            if let problem = problem(of: comment, allowing: hard[index]) {
                kept.append(problem)
            } else if !used.contains(index), !isUndecided(comment) {
                kept.append(
                    Diagnostic(
                        .unusedSuppression, .warning,
                        "nothing is found here that this comment would allow: \(comment.names.joined(separator: ", "))",
                        at: Label(comment.span, "allows nothing"), help: "remove the comment"))
            }
        }
    }

    private func isHard(_ finding: Diagnostic) -> Bool {
        RuleRegistry.rule(of: finding.code)?.documentation.isHard ?? false
    }

    /// Where a comment may stand that allows it. A file without comments leaves that to the place in the spec.
    private func places(of finding: Diagnostic) -> [Span] {
        guard let span = finding.primary?.span else { return [] }
        let isInRealm = context.observed.realms.contains { $0.id == span.file }
        return isInRealm ? finding.secondary.map(\.span) : [span]
    }

    private func allows(_ comment: Suppression, _ code: DiagnosticCode, at span: Span) -> Bool {
        guard !comment.reason.isEmpty, comment.span.file == span.file,
            comment.line == context.sources[span.file].lineIndex(at: span.start)
        else { return false }
        return comment.names.contains { self.code(named: $0) == code }
    }

    /// True where it is not known whether the comment allows something: its rule did not run, for want of a day, of a
    /// plan, of observed files, or of a part of the spec without errors.
    private func isUndecided(_ comment: Suppression) -> Bool {
        comment.names.compactMap { RuleRegistry.rule(named: $0) }.contains { rule in
            rule.needsDate && context.today == nil || rule is any PlanRule && context.plan == nil
                || !((rule as? any ObservedRule)?.isAsked(in: context) ?? true)
                || !rule.reads.isDisjoint(with: context.draft.faultyParts)
        }
    }

    private func problem(of comment: Suppression, allowing hard: Diagnostic?) -> Diagnostic? {
        let form = "write `# connectorgen: allow CG503 -- reason`"
        if comment.names.isEmpty {
            return malformed("the comment does not say which finding it allows", comment, help: form)
        }
        if comment.reason.isEmpty {
            return malformed("the comment gives no reason behind ` -- `", comment, help: form)
        }
        for name in comment.names {
            guard let code = code(named: name) else {
                let names = codes.flatMap { [$0.description, $0.name] }
                let nearest = Suggestion.nearest(to: name, in: names)
                return malformed(
                    "the comment allows `\(name)`, which is no finding of a spec", comment,
                    help: nearest.map { "did you mean `\($0)`?" } ?? form)
            }
            if RuleRegistry.rule(of: code)?.documentation.isHard ?? true { return refused(code, comment) }
        }
        return hard.flatMap { refused($0.code, comment) }
    }

    private func refused(_ code: DiagnosticCode, _ comment: Suppression) -> Diagnostic {
        malformed(
            "\(code) is a hard error here and cannot be allowed: nothing could be built that works", comment,
            help: "fix the finding")
    }

    /// A code by its number or its name, of rules and of later phases.
    private func code(named name: String) -> DiagnosticCode? {
        RuleRegistry.rule(named: name)?.code ?? codes.first { RuleRegistry.isName(name, of: $0) }
    }

    private func malformed(_ message: String, _ comment: Suppression, help: String) -> Diagnostic {
        Diagnostic(.malformedSuppression, .error, message, at: Label(comment.span), help: help)
    }
}
