/// The fixes that are made in one pass over some files: of two that touch each other the first.
package struct FixSelection: Sendable {
    package struct Choice: Hashable, Sendable {
        package let code: DiagnosticCode
        package let fix: FixIt
        /// The file that it changes first.
        package let file: FileID
    }

    /// In the order of the findings.
    package private(set) var chosen: [Choice] = []
    private var edits: [FileID: [TextEdit]] = [:]

    /// Chooses among what findings offer; of several fixes of one finding, which are alternatives, the first.
    ///
    /// `includingUnsafe` takes those too that need a look. `home` tells the file that stands for one, of several that are
    /// one on the disk; nil for one that is not to be changed.
    package init(of findings: [Diagnostic], includingUnsafe: Bool, home: (FileID) -> FileID?) {
        for finding in findings {
            guard let fix = finding.fixes.first(where: { $0.isMade(includingUnsafe: includingUnsafe) }) else {
                continue
            }
            choose(fix, of: finding, home)
        }
    }

    private mutating func choose(_ fix: FixIt, of finding: Diagnostic, _ home: (FileID) -> FileID?) {
        var moved: [TextEdit] = []
        for edit in fix.edits {
            guard let file = home(edit.span.file) else { return }
            moved.append(TextEdit(Span(file, edit.span.start, edit.span.end), edit.replacement))
        }
        guard let first = moved.first,
            !moved.contains(where: { edit in edits[edit.span.file]?.contains { $0.touches(edit) } ?? false })
        else { return }
        for edit in moved { edits[edit.span.file, default: []].append(edit) }
        chosen.append(Choice(code: finding.code, fix: fix, file: first.span.file))
    }

    /// The files that change.
    package var files: [FileID] { edits.keys.sorted() }

    /// A file with its fixes; every byte that none of them names stays.
    package func fixed(_ bytes: [UInt8], of file: FileID) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for edit in (edits[file] ?? []).sorted(by: { $0.span.start < $1.span.start }) {
            let start = min(edit.span.start, bytes.count)
            guard start >= position else { continue }
            result += bytes[position..<start]
            result += edit.replacement.utf8
            position = min(edit.span.end, bytes.count)
        }
        return result + bytes[position...]
    }
}

extension FixIt {
    /// True for what a tool may do on its own, or after somebody said that he will look at it.
    package func isMade(includingUnsafe: Bool) -> Bool {
        guard !edits.isEmpty else { return false }
        return applicability == .machineApplicable || includingUnsafe && applicability == .maybeIncorrect
    }
}

extension TextEdit {
    /// True where one would change what the other means: a byte that both replace, or an insertion in or at the edge of
    /// the other.
    fileprivate func touches(_ other: TextEdit) -> Bool {
        if span.isEmpty || other.span.isEmpty { return span.start <= other.span.end && other.span.start <= span.end }
        return span.start < other.span.end && other.span.start < span.end
    }
}
