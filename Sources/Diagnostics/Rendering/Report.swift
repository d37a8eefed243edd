import SecretShapes

/// All that one run found, ready to be written in any form.
///
/// Writing is pure: the same report and style give the same bytes. Forms for machines are valid for no
/// findings and for every exit code.
package struct Report: Sendable {
    /// A finding that a comment in the source allows, and the reason that stands there.
    package struct Suppressed: Hashable, Sendable {
        package let diagnostic: Diagnostic
        package let reason: String

        package init(_ diagnostic: Diagnostic, reason: String) {
            self.diagnostic = diagnostic
            self.reason = reason
        }
    }

    /// Sorted, without duplicates.
    package let diagnostics: [Diagnostic]
    package let sources: SourceMap
    /// What the process is going to exit with.
    package let exitCode: Int32
    /// The rules that ran; forms that list rules also list those without findings.
    package let rules: [DiagnosticCode]
    package let suppressed: [Suppressed]
    /// Places that hold secrets, those given and those that every text shows by itself: shown as `[secret]` wherever a
    /// source line is quoted.
    package let secrets: [Span]
    /// The absolute path of the folder that machine forms name files from; nil when all paths are relative.
    package let root: String?

    package init(
        diagnostics: [Diagnostic],
        sources: SourceMap,
        exitCode: Int32,
        rules: [DiagnosticCode] = [],
        suppressed: [Suppressed] = [],
        secrets: [Span] = [],
        root: String? = nil
    ) {
        self.diagnostics = diagnostics.map(\.redacted).arranged
        self.sources = sources
        self.exitCode = exitCode
        self.rules = rules.sorted()
        self.suppressed = suppressed.map {
            Suppressed($0.diagnostic.redacted, reason: SecretPlaces.redacted($0.reason))
        }
        self.secrets = secrets + (self.diagnostics.isEmpty && suppressed.isEmpty ? [] : Self.secrets(in: sources))
        self.root = root
    }

    /// What is a secret wherever it stands, in all files.
    package static func secrets(in sources: SourceMap) -> [Span] {
        sources.files.indices.flatMap { index in
            SecretPlaces.hidden(in: sources.files[index].bytes).map {
                Span(FileID(index), $0.lowerBound, $0.upperBound)
            }
        }
    }

    /// The bytes of the report. The style matters to the forms for people alone.
    package func render(_ format: OutputFormat, style: TerminalStyle = .plain) -> [UInt8] {
        switch format {
        case .human: HumanRenderer(self, style).bytes
        case .short: ShortRenderer(self, style).bytes
        case .json: JSONRenderer(self).bytes
        case .sarif: SARIFRenderer(self).bytes
        case .github: GitHubRenderer(self).bytes
        case .gitlab: GitLabRenderer(self).bytes
        case .junit: JUnitRenderer(self).bytes
        }
    }

    package func count(_ severity: Severity) -> Int { diagnostics.count { $0.severity == severity } }

    /// `1 error, 0 warnings, 0 suppressed`.
    package var summary: String {
        func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        let notes = count(.note)
        var parts = [counted(count(.error), "error"), counted(count(.warning), "warning")]
        if notes > 0 { parts.append(counted(notes, "note")) }
        return (parts + ["\(suppressed.count) suppressed"]).joined(separator: ", ")
    }
}
