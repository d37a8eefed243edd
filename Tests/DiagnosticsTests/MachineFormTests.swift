import JSONSyntax
import Testing

@testable import Diagnostics

@Suite struct MachineFormTests {
    private func text(_ report: Report, _ format: OutputFormat) -> String {
        String(decoding: report.render(format, style: TerminalStyle(isColored: true)), as: UTF8.self)
    }

    @Test("json has every member in its order")
    func json() throws {
        let text = text(Samples.clientID, .json)
        #expect(
            text == """
                {
                  "formatVersion": 1,
                  "tool": {
                    "name": "connectorgen",
                    "version": "\(Product.version)"
                  },
                  "summary": {
                    "errors": 1,
                    "warnings": 0,
                    "notes": 0,
                    "suppressed": 0,
                    "exitCode": 1
                  },
                  "diagnostics": [
                    {
                      "code": "CG301",
                      "name": "client-id-null",
                      "severity": "error",
                      "message": "client_id is empty",
                      "primary": {
                        "file": "connector.yaml",
                        "start": {
                          "line": 12,
                          "column": 16,
                          "offset": 37
                        },
                        "end": {
                          "line": 12,
                          "column": 43,
                          "offset": 64
                        },
                        "label": "resolves to an empty value"
                      },
                      "secondary": [
                        {
                          "file": ".env",
                          "start": {
                            "line": 14,
                            "column": 1,
                            "offset": 26
                          },
                          "end": {
                            "line": 14,
                            "column": 25,
                            "offset": 50
                          },
                          "label": "set here"
                        }
                      ],
                      "notes": [
                        "trace: client_id <- env TOKEN_AI_OIDC_CLIENT_ID <- .env:14"
                      ],
                      "help": "set the value, or use `status: legacy-ignored` for an unused id",
                      "fixes": []
                    }
                  ]
                }

                """)
    }

    @Test("sarif has rules, results with regions, related places and fingerprints")
    func sarif() throws {
        let document = try JSON.parse(Samples.clientID.render(.sarif))
        #expect(document["version"] == "2.1.0")
        let run = try #require(document[pointer: "/runs/0"])
        #expect(run[pointer: "/tool/driver/rules/0/id"] == "CG301")
        #expect(run[pointer: "/tool/driver/rules/0/properties/security-severity"] == "5.0")
        #expect(run[pointer: "/tool/driver/rules/1/defaultConfiguration/level"] == "warning")
        #expect(run["columnKind"] == "unicodeCodePoints")
        #expect(run[pointer: "/invocations/0"] == ["executionSuccessful": true, "exitCode": 1])
        let result = try #require(run[pointer: "/results/0"])
        #expect(result["ruleId"] == "CG301")
        #expect(result["ruleIndex"] == 0)
        #expect(
            result[pointer: "/locations/0/physicalLocation"]
                == [
                    "artifactLocation": ["uri": "connector.yaml", "uriBaseId": "%SRCROOT%"],
                    "region": [
                        "startLine": 12, "startColumn": 16, "endLine": 12, "endColumn": 43,
                        "snippet": ["text": "env:TOKEN_AI_OIDC_CLIENT_ID"],
                    ],
                ])
        #expect(result[pointer: "/relatedLocations/0/message/text"] == "set here")
        let fingerprint = try #require(result[pointer: "/partialFingerprints/primaryLocationLineHash"]?.string)
        #expect(fingerprint.utf8.count == 18 && fingerprint.hasSuffix(":1"))
    }

    @Test("sarif keeps suppressed findings with their reason, and rules that only findings name")
    func suppressed() throws {
        let base = Samples.clientID
        let report = Report(
            diagnostics: [], sources: base.sources, exitCode: 0,
            suppressed: [Report.Suppressed(base.diagnostics[0], reason: "used by an old app")])
        let run = try #require(try JSON.parse(report.render(.sarif))[pointer: "/runs/0"])
        #expect(
            run[pointer: "/results/0/suppressions"] == [["kind": "inSource", "justification": "used by an old app"]])
        #expect(run[pointer: "/tool/driver/rules/0/shortDescription/text"] == "a client id is null, missing or empty")
        #expect(text(report, .human) == "0 errors, 0 warnings, 1 suppressed\n")
    }

    @Test("fixes are given as replacements")
    func fixes() throws {
        let report = Samples.report("a: yes\n") { file in
            Diagnostic(
                Samples.code, "x", at: Label(Span(file, 3, 6)),
                fixes: [
                    FixIt("write true", .machineApplicable, edits: [TextEdit(Span(file, 3, 6), "true")]),
                    FixIt("ask the provider", .unspecified, edits: []),
                ])
        }
        #expect(try JSON.parse(report.render(.sarif))[pointer: "/runs/0/results/0/fixes"]?.array?.count == 1)
        let fix = try JSON.parse(report.render(.sarif))[pointer: "/runs/0/results/0/fixes/0"]
        #expect(
            fix?[pointer: "/artifactChanges/0/replacements/0"]
                == [
                    "deletedRegion": ["startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 7],
                    "insertedContent": ["text": "true"],
                ])
        #expect(
            try JSON.parse(report.render(.json))[pointer: "/diagnostics/0/fixes/0"]
                == [
                    "title": "write true", "applicability": "machineApplicable",
                    "edits": [["file": "spec.yaml", "startOffset": 3, "endOffset": 6, "text": "true"]],
                ])
    }

    @Test("github has one command for each finding, errors first, then the summary")
    func github() {
        #expect(
            text(Samples.clientID, .github)
                == "::error title=connectorgen (CG301),file=connector.yaml,line=12,col=16,endLine=12,endColumn=43::"
                + "connector.yaml:12:16: CG301 client_id is empty%0A  .env:14:1: set here"
                + "%0A  note: trace: client_id <- env TOKEN_AI_OIDC_CLIENT_ID <- .env:14"
                + "%0A  help: set the value, or use `status: legacy-ignored` for an unused id\n"
                + "1 error, 0 warnings, 0 suppressed\n")
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: "./a,b:c%.yaml", text: "x\ny\n"))
        let note = Diagnostic(Samples.code, .note, "50%\r\n::error::x", at: Label(Span(file, 0, 1)))
        let error = Diagnostic(Samples.code, "late", at: nil)
        let report = Report(diagnostics: [note, error], sources: sources, exitCode: 1)
        #expect(
            text(report, .github)
                == "::error title=connectorgen (CG101)::CG101 late\n"
                + "::notice title=connectorgen (CG101),file=a%2Cb%3Ac%25.yaml,line=1,col=1,endLine=1,endColumn=2::"
                + "a,b:c%25.yaml:1:1: CG101 50%25%0D%0A::error::x\n1 error, 0 warnings, 1 note, 0 suppressed\n")
    }

    @Test("gitlab has fingerprints that inserted lines do not change, and that differ for equal lines")
    func gitlab() throws {
        func fingerprints(_ text: String, _ offsets: [Int]) throws -> [String] {
            var sources = SourceMap()
            let file = sources.add(SourceFile(path: "a.yaml", text: text))
            let findings = offsets.map { Diagnostic(Samples.code, "x", at: Label(Span(file, $0, $0 + 1))) }
            let report = Report(diagnostics: findings, sources: sources, exitCode: 1)
            let array = try #require(try JSON.parse(report.render(.gitlab)).array)
            return array.compactMap { $0["fingerprint"]?.string }
        }
        let before = try fingerprints("k: v\nk: v\nl: v\n", [0, 5, 10])
        #expect(Set(before).count == 3)
        #expect(before.allSatisfy { $0.utf8.count == 64 })
        #expect(try fingerprints("# new\nk: v\nk:  v\nl: v\n", [6, 11, 17]) == before)

        let finding = try JSON.parse(Samples.clientID.render(.gitlab))[0]
        #expect(finding?["severity"] == "critical")
        #expect(
            finding?["location"]
                == [
                    "path": "connector.yaml",
                    "positions": ["begin": ["line": 12, "column": 16], "end": ["line": 12, "column": 43]],
                    "lines": ["begin": 12],
                ])
    }

    @Test("junit has a failed case for each finding and a passed one for each other rule")
    func junit() {
        #expect(
            text(Samples.clientID, .junit) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="connectorgen check" tests="2" failures="1" errors="0">
                    <testcase classname="CG301" name="connector.yaml:12:16 client-id-null"><failure type="error" \
                message="client_id is empty">connector.yaml:12:16 CG301 client_id is empty&#10;help: set the value, \
                or use `status: legacy-ignored` for an unused id</failure></testcase>
                    <testcase classname="CG302" name="client-id-shadowed"></testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test("what XML cannot hold does not get into it")
    func junitHostile() {
        let report = Samples.report("x") { Diagnostic(Samples.code, "<&\">\u{0}\u{FFFE}\n", at: Label(Span($0, 0, 1))) }
        #expect(text(report, .junit).contains("message=\"&lt;&amp;&quot;&gt;\\u{0}\\u{fffe}&#10;\""))
    }

    @Test("machine forms are valid without findings and for every exit code", arguments: [0, 1, 2, 3] as [Int32])
    func empty(exitCode: Int32) throws {
        let report = Report(diagnostics: [], sources: SourceMap(), exitCode: exitCode)
        for format in OutputFormat.allCases where format.isForMachines {
            let bytes = report.render(format)
            #expect(bytes.last == 0x0A)
            #expect(!bytes.contains(0x1B) && !bytes.contains(0x0D))
        }
        #expect(try JSON.parse(report.render(.json))[pointer: "/summary/exitCode"]?.int == Int(exitCode))
        let invocation = try JSON.parse(report.render(.sarif))[pointer: "/runs/0/invocations/0"]
        #expect(invocation?["executionSuccessful"]?.bool == (exitCode < 2))
        #expect(try JSON.parse(report.render(.gitlab)) == [])
        #expect(text(report, .junit).contains("errors=\"\(exitCode > 1 ? 1 : 0)\""))
        #expect(text(report, .github) == "0 errors, 0 warnings, 0 suppressed\n")
    }

    @Test("machine forms name files from the root and never by an absolute path")
    func paths() {
        var sources = SourceMap()
        let paths = ["/srv/app/deploy/a b.yaml", "/etc/nginx/site.conf", "./x/ü.yaml", "<stdin>"]
        let files = paths.map { sources.add(SourceFile(path: $0, text: "x")) }
        let findings = files.map { Diagnostic(Samples.code, "x", at: Label(Span($0, 0, 1))) }
        let report = Report(diagnostics: findings, sources: sources, exitCode: 1, root: "/srv/app")
        #expect(files.map(report.machinePath) == ["deploy/a b.yaml", "site.conf", "x/ü.yaml", "<stdin>"])
        #expect(files.map(report.machineURI) == ["deploy/a%20b.yaml", "site.conf", "x/%C3%BC.yaml", "%3Cstdin%3E"])
        for format in OutputFormat.allCases where format.isForMachines {
            #expect(!text(report, format).contains("/srv/app"))
            #expect(!text(report, format).contains("/etc/"))
        }
    }
}
