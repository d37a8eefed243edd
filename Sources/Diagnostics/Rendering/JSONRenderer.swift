import JSONSyntax

/// One JSON document; within a `formatVersion` members are only added.
struct JSONRenderer {
    private let report: Report

    init(_ report: Report) {
        self.report = report
    }

    var bytes: [UInt8] {
        let document: JSON = [
            "formatVersion": 1,
            "tool": ["name": .string(Product.name), "version": .string(Product.version)],
            "summary": [
                "errors": .int(report.count(.error)),
                "warnings": .int(report.count(.warning)),
                "notes": .int(report.count(.note)),
                "suppressed": .int(report.suppressed.count),
                "exitCode": .int(Int(report.exitCode)),
            ],
            "diagnostics": .array(report.diagnostics.map(diagnostic)),
        ]
        return document.encoded(.pretty, finalNewline: true)
    }

    private func diagnostic(_ diagnostic: Diagnostic) -> JSON {
        [
            "code": .string(diagnostic.code.description),
            "name": .string(diagnostic.code.name),
            "severity": .string(diagnostic.severity.rawValue),
            "message": .string(diagnostic.message),
            "primary": diagnostic.primary.map(label) ?? .null,
            "secondary": .array(diagnostic.secondary.map(label)),
            "notes": .array(diagnostic.notes.map(JSON.string)),
            "help": diagnostic.help.map(JSON.string) ?? .null,
            "fixes": .array(diagnostic.fixes.map(fix)),
        ]
    }

    private func label(_ label: Label) -> JSON {
        [
            "file": .string(report.machinePath(label.span.file)),
            "start": position(report.start(label.span)),
            "end": position(report.end(label.span)),
            "label": .string(label.text),
        ]
    }

    private func position(_ position: SourceFile.Position) -> JSON {
        ["line": .int(position.line), "column": .int(position.column), "offset": .int(position.offset)]
    }

    private func fix(_ fix: FixIt) -> JSON {
        let edits = fix.edits.map { edit -> JSON in
            [
                "file": .string(report.machinePath(edit.span.file)),
                "startOffset": .int(edit.span.start),
                "endOffset": .int(edit.span.end),
                "text": .string(edit.replacement),
            ]
        }
        return [
            "title": .string(fix.title), "applicability": .string(fix.applicability.rawValue), "edits": .array(edits),
        ]
    }
}
