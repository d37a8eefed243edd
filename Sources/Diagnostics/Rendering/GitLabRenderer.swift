import JSONSyntax

/// GitLab's Code Quality report: a JSON array of findings.
struct GitLabRenderer {
    private let report: Report

    init(_ report: Report) {
        self.report = report
    }

    var bytes: [UInt8] {
        var fingerprints = Fingerprints()
        let findings = report.diagnostics.map { diagnostic -> JSON in
            let (digest, number) = fingerprints.next(diagnostic, in: report)
            return [
                "description": .string(diagnostic.message + (diagnostic.help.map { "; \($0)" } ?? "")),
                "check_name": .string(diagnostic.code.description),
                "fingerprint": .string(Fingerprints.numbered(digest, number)),
                "severity": .string(severity(diagnostic)),
                "location": location(diagnostic),
            ]
        }
        return JSON.array(findings).encoded(.pretty, finalNewline: true)
    }

    private func severity(_ diagnostic: Diagnostic) -> String {
        switch diagnostic.severity {
        case .error: diagnostic.code.securitySeverity != nil ? "critical" : "major"
        case .warning: diagnostic.code.securitySeverity != nil ? "major" : "minor"
        case .note: "info"
        }
    }

    /// A finding without a place is told at the first line of the first file: the format wants one.
    private func location(_ diagnostic: Diagnostic) -> JSON {
        guard let span = diagnostic.primary?.span else {
            let path = report.sources.files.isEmpty ? Product.name : report.machinePath(FileID(0))
            return ["path": .string(path), "lines": ["begin": 1]]
        }
        func position(_ position: SourceFile.Position) -> JSON {
            ["line": .int(position.line), "column": .int(position.column)]
        }
        let start = report.start(span)
        return [
            "path": .string(report.machinePath(span.file)),
            "positions": ["begin": position(start), "end": position(report.end(span))],
            "lines": ["begin": .int(start.line)],
        ]
    }
}
