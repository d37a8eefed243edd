package enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
    case error, warning, note

    private var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .note: 2
        }
    }

    /// Errors first.
    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// A place and what is to be said of it.
package struct Label: Hashable, Sendable {
    package let span: Span
    package let text: String

    package init(_ span: Span, _ text: String = "") {
        self.span = span
        self.text = text
    }
}

/// A replacement of the bytes of a span.
package struct TextEdit: Hashable, Sendable {
    package let span: Span
    package let replacement: String

    package init(_ span: Span, _ replacement: String) {
        self.span = span
        self.replacement = replacement
    }
}

/// A change that would fix the finding.
package struct FixIt: Hashable, Sendable {
    /// How far a tool may go with a fix on its own.
    package enum Applicability: String, Hashable, Sendable {
        case machineApplicable, maybeIncorrect, hasPlaceholders, unspecified
    }

    package let title: String
    package let applicability: Applicability
    package let edits: [TextEdit]

    package init(_ title: String, _ applicability: Applicability, edits: [TextEdit]) {
        self.title = title
        self.applicability = applicability
        self.edits = edits
    }
}

/// One finding: what was found, what was expected, where, why it matters and what to do.
///
/// Texts are lower case without a full stop, name the key path, and never hold a secret.
package struct Diagnostic: Hashable, Sendable {
    package let code: DiagnosticCode
    package let severity: Severity
    package let message: String
    /// Where; nil for findings about no place in a file (a missing file, say).
    package let primary: Label?
    package let secondary: [Label]
    package let notes: [String]
    package let help: String?
    package let fixes: [FixIt]

    package init(
        _ code: DiagnosticCode,
        _ severity: Severity,
        _ message: String,
        at primary: Label?,
        secondary: [Label] = [],
        notes: [String] = [],
        help: String? = nil,
        fixes: [FixIt] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.primary = primary
        self.secondary = secondary
        self.notes = notes
        self.help = help
        self.fixes = fixes
    }

    /// An error, which most findings are.
    package init(
        _ code: DiagnosticCode,
        _ message: String,
        at primary: Label?,
        secondary: [Label] = [],
        notes: [String] = [],
        help: String? = nil,
        fixes: [FixIt] = []
    ) {
        self.init(code, .error, message, at: primary, secondary: secondary, notes: notes, help: help, fixes: fixes)
    }
}

extension Diagnostic {
    /// The same finding with these fixes.
    package func fixed(by fixes: [FixIt]) -> Diagnostic {
        Diagnostic(
            code, severity, message, at: primary, secondary: secondary, notes: notes, help: help, fixes: fixes)
    }

    /// The total order of output: file, start, end, severity, code, message; placeless findings first.
    package static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        let leftKey = left.sortKey
        let rightKey = right.sortKey
        if leftKey != rightKey { return leftKey < rightKey }
        if left.message != right.message { return left.message < right.message }
        return (left.help ?? "") < (right.help ?? "")
    }

    private var sortKey: (file: Int, start: Int, end: Int, severity: Int, code: Int) {
        let rank =
            switch severity {
            case .error: 0
            case .warning: 1
            case .note: 2
            }
        guard let span = primary?.span else { return (-1, 0, 0, rank, code.number) }
        return (span.file.index, span.start, span.end, rank, code.number)
    }
}

/// Findings of one code and one severity.
private struct Kind: Hashable {
    let code: DiagnosticCode
    let severity: Severity
}

extension [Diagnostic] {
    /// Sorted in the total order, exact duplicates dropped.
    package var arranged: [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return sorted(by: Diagnostic.precedes).filter { seen.insert($0).inserted }
    }

    /// At most so many findings of each code and severity, of those codes that may be left out; the last that is kept
    /// says how many were.
    package func bounded(to limit: Int, where isBounded: (DiagnosticCode) -> Bool = { _ in true }) -> [Diagnostic] {
        guard count > limit else { return self }
        var counts: [Kind: Int] = [:]
        for finding in self { counts[Kind(code: finding.code, severity: finding.severity), default: 0] += 1 }
        var kept: [Kind: Int] = [:]
        return compactMap { (finding: Diagnostic) -> Diagnostic? in
            let kind = Kind(code: finding.code, severity: finding.severity)
            guard let all = counts[kind], all > limit, isBounded(finding.code) else { return finding }
            kept[kind, default: 0] += 1
            guard let number = kept[kind], number >= limit else { return finding }
            guard number == limit else { return nil }
            return Diagnostic(
                finding.code, finding.severity, finding.message, at: finding.primary, secondary: finding.secondary,
                notes: finding.notes + ["\(all - limit) more findings of \(finding.code) are not shown"],
                help: finding.help, fixes: finding.fixes)
        }
    }

    package var hasErrors: Bool { contains { $0.severity == .error } }
}
