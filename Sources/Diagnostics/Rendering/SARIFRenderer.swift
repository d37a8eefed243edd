import JSONSyntax

/// SARIF 2.1.0 (OASIS), one run.
struct SARIFRenderer {
    private let report: Report
    /// The rules that ran and those that only findings name, by number.
    private let rules: [DiagnosticCode]
    private let ruleIndices: [DiagnosticCode: Int]

    init(_ report: Report) {
        self.report = report
        let found = report.diagnostics + report.suppressed.map(\.diagnostic)
        rules = Set(report.rules).union(found.map(\.code)).sorted()
        ruleIndices = Dictionary(rules.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    var bytes: [UInt8] {
        var fingerprints = Fingerprints()
        var results = report.diagnostics.map { result($0, nil, &fingerprints) }
        results += report.suppressed.map { result($0.diagnostic, $0.reason, &fingerprints) }
        let run: JSON = [
            "tool": [
                "driver": [
                    "name": .string(Product.name), "version": .string(Product.version),
                    "semanticVersion": .string(Product.version), "rules": .array(rules.map(rule)),
                ]
            ],
            "invocations": [
                [
                    "executionSuccessful": .bool(report.exitCode < 2), "exitCode": .int(Int(report.exitCode)),
                ]
            ],
            "originalUriBaseIds": [
                "%SRCROOT%": ["description": ["text": "the folder that file names are relative to"]]
            ],
            "columnKind": "unicodeCodePoints",
            "results": .array(results),
        ]
        let document: JSON = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": .array([run]),
        ]
        return document.encoded(.pretty, finalNewline: true)
    }

    private func rule(_ rule: DiagnosticCode) -> JSON {
        let help = JSON.string("\(rule.why)\n\n\(rule.remedy)")
        var properties: [JSONMember] = [
            JSONMember("tags", rule.securitySeverity == nil ? [] : ["security"]), JSONMember("precision", "high"),
        ]
        if let severity = rule.securitySeverity {
            properties.append(JSONMember("security-severity", .string(severity)))
        }
        return [
            "id": .string(rule.description),
            "name": .string(rule.name),
            "shortDescription": ["text": .string(rule.summary)],
            "fullDescription": ["text": .string(rule.why)],
            "help": ["text": help, "markdown": help],
            "defaultConfiguration": ["level": .string(rule.severity.rawValue)],
            "properties": .object(properties),
        ]
    }

    private func result(_ diagnostic: Diagnostic, _ suppression: String?, _ fingerprints: inout Fingerprints) -> JSON {
        let (digest, number) = fingerprints.next(diagnostic, in: report)
        let text = ([diagnostic.message] + diagnostic.notes + (diagnostic.help.map { [$0] } ?? []))
            .joined(separator: "\n")
        var members = [
            JSONMember("ruleId", .string(diagnostic.code.description)),
            JSONMember("ruleIndex", .int(ruleIndices[diagnostic.code] ?? -1)),
            JSONMember("level", .string(diagnostic.severity.rawValue)),
            JSONMember("message", ["text": .string(text)]),
            JSONMember("locations", .array(diagnostic.primary.map { [location($0, id: nil)] } ?? [])),
        ]
        if !diagnostic.secondary.isEmpty {
            let related = diagnostic.secondary.enumerated().map { location($1, id: $0 + 1) }
            members.append(JSONMember("relatedLocations", .array(related)))
        }
        members.append(
            JSONMember("partialFingerprints", ["primaryLocationLineHash": .string("\(digest.prefix(16)):\(number)")]))
        // The schema wants at least one change in each fix.
        let fixes = diagnostic.fixes.filter { !$0.edits.isEmpty }
        if !fixes.isEmpty { members.append(JSONMember("fixes", .array(fixes.map(fix)))) }
        if let suppression {
            members.append(
                JSONMember("suppressions", [["kind": "inSource", "justification": .string(suppression)]]))
        }
        return .object(members)
    }

    private func location(_ label: Label, id: Int?) -> JSON {
        var members = id.map { [JSONMember("id", .int($0))] } ?? []
        members.append(
            JSONMember(
                "physicalLocation",
                ["artifactLocation": artifact(label.span.file), "region": region(label.span, withSnippet: true)]))
        if !label.text.isEmpty { members.append(JSONMember("message", ["text": .string(label.text)])) }
        return .object(members)
    }

    private func artifact(_ file: FileID) -> JSON {
        ["uri": .string(report.machineURI(file)), "uriBaseId": "%SRCROOT%"]
    }

    private func region(_ span: Span, withSnippet: Bool) -> JSON {
        let start = report.start(span)
        let end = report.end(span)
        var members = [
            JSONMember("startLine", .int(start.line)), JSONMember("startColumn", .int(start.column)),
            JSONMember("endLine", .int(end.line)), JSONMember("endColumn", .int(end.column)),
        ]
        if withSnippet, !report.touchesSecret(span) {
            members.append(JSONMember("snippet", ["text": .string(report.sources.text(of: span))]))
        }
        return .object(members)
    }

    private func fix(_ fix: FixIt) -> JSON {
        var files: [FileID] = []
        for edit in fix.edits where !files.contains(edit.span.file) { files.append(edit.span.file) }
        let changes = files.map { file -> JSON in
            let replacements = fix.edits.filter { $0.span.file == file }.map { edit -> JSON in
                [
                    "deletedRegion": region(edit.span, withSnippet: false),
                    "insertedContent": ["text": .string(edit.replacement)],
                ]
            }
            return ["artifactLocation": artifact(file), "replacements": .array(replacements)]
        }
        return ["description": ["text": .string(fix.title)], "artifactChanges": .array(changes)]
    }
}
