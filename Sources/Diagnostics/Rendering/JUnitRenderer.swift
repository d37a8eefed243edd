/// JUnit's XML: a failed test case for each finding, a passed one for each rule without any.
struct JUnitRenderer {
    private let report: Report

    init(_ report: Report) {
        self.report = report
    }

    var bytes: [UInt8] {
        let found = Set(report.diagnostics.map(\.code))
        let passed = report.rules.filter { !found.contains($0) }
            .map { testCase($0, $0.name, "") }
        let findings = report.diagnostics.map(finding)
        // A run that broke off without a finding must not look like a passed one.
        let broken =
            report.exitCode > 1 && report.diagnostics.isEmpty
            ? [
                "    <testcase classname=\"\(Product.name)\" name=\"run\"><error message=\"exit code \(report.exitCode)\"/></testcase>"
            ]
            : []
        let cases = findings + passed + broken
        let failures = report.count(.error) + report.count(.warning)
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(broken.count)\""
        let lines =
            [
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>",
                "  <testsuite name=\"\(Product.name) check\" \(counts)>",
            ] + cases + ["  </testsuite>", "</testsuites>", ""]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private func finding(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.primary.map { report.machineLocation($0.span) + " " } ?? ""
        let message = Self.escaped(diagnostic.message)
        let help = diagnostic.help.map { "\nhelp: " + $0 } ?? ""
        let text = Self.escaped("\(place)\(diagnostic.code) \(diagnostic.message)\(help)")
        let body =
            diagnostic.severity == .note
            ? "<system-out>\(text)</system-out>"
            : "<failure type=\"\(diagnostic.severity.rawValue)\" message=\"\(message)\">\(text)</failure>"
        return testCase(diagnostic.code, place + diagnostic.code.name, body)
    }

    private func testCase(_ code: DiagnosticCode, _ name: String, _ body: String) -> String {
        "    <testcase classname=\"\(code)\" name=\"\(Self.escaped(name))\">\(body)</testcase>"
    }

    /// Markup as entities; what XML 1.0 cannot hold, as everywhere else, in the form `\u{1b}`.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\u{FFFE}", "\u{FFFF}": result += DisplayText.escape(scalar)
            default: result += DisplayText.escaped(String(scalar))
            }
        }
        return result
    }
}
