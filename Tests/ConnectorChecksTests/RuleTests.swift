import ConnectorChecks
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

/// Everything that is found in one text on one day.
func check(
    _ text: String, environment: String? = nil, today: String? = "2026-11-29"
) -> (check: SpecCheck, sources: SourceMap) {
    var sources = SourceMap()
    let file = sources.add(SourceFile(path: "connector.yaml", text: text))
    let day = today.flatMap { try? CalendarDate(parsing: $0) }
    return (SpecCheck(file, in: sources, options: SpecCheck.Options(environment: environment, today: day)), sources)
}

/// The same for the spec of an example and the observed files beside it.
func check(_ example: RuleExample) -> (check: SpecCheck, sources: SourceMap) {
    check([example.source] + example.observedFiles)
}

/// The same for a spec, the first, and observed files.
func check(_ files: [RuleExample.File]) -> (check: SpecCheck, sources: SourceMap) {
    var sources = SourceMap()
    let ids = files.map { sources.add(SourceFile(path: $0.name, text: $0.text)) }
    let options = SpecCheck.Options(
        today: try? CalendarDate(parsing: "2026-11-29"),
        observed: Observed(examples: Array(ids.dropFirst()), in: sources))
    return (SpecCheck(ids[0], in: sources, options: options), sources)
}

/// Where something stands: in which file, at which byte.
struct Place: Hashable, Comparable {
    let file: String
    let offset: Int

    static func < (left: Place, right: Place) -> Bool { (left.file, left.offset) < (right.file, right.offset) }
}

/// What `connectorgen-auth` says of the config that a plan has for it.
func serverFindings(_ plan: DeploymentPlan) -> [Diagnostic] {
    let bytes = plan.runtime.encoded(banner: "test")
    return RuntimeConfig.decode(SourceFile(path: "auth.json", bytes: bytes), id: FileID(0)).diagnostics
}

@Suite struct RuleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let rule: any Rule
        let example: RuleExample
        var testDescription: String { "\(rule.code) \(example.excerpt)" }
    }

    static let failing = RuleRegistry.all.flatMap { rule in
        rule.documentation.failing.map { Example(rule: rule, example: $0) }
    }
    static let passing = RuleRegistry.all.flatMap { rule in
        rule.documentation.passing.map { Example(rule: rule, example: $0) }
    }

    @Test("each failing example is found where its marker stands, by its own rule", arguments: failing)
    func found(example: Example) {
        let files = [example.example.source] + example.example.observedFiles
        let (result, sources) = check(example.example)
        let places = result.diagnostics.filter { $0.code == example.rule.code }.compactMap(\.primary?.span).map {
            Place(file: sources[$0.file].path, offset: $0.start)
        }
        let marks = files.flatMap { file in file.marks.map { Place(file: file.name, offset: $0) } }
        #expect(!marks.isEmpty, "an example needs a marker")
        #expect(
            places.sorted() == marks.sorted(), "\(files.map(\.text))\n\(result.diagnostics.map(\.message))")
    }

    @Test("each passing example is free of every error", arguments: passing)
    func silent(example: Example) {
        let files = [example.example.source] + example.example.observedFiles
        let result = check(example.example).check
        #expect(files.flatMap(\.marks).isEmpty)
        #expect(
            !result.diagnostics.contains { $0.code == example.rule.code || $0.severity == .error },
            "\(files.map(\.text))\n\(result.diagnostics.map(\.message))")
    }

    @Test("each rule has examples of both kinds")
    func documentation() {
        for rule in RuleRegistry.all {
            let documentation = rule.documentation
            #expect(!documentation.failing.isEmpty && !documentation.passing.isEmpty, "\(rule.code)")
        }
    }

    @Test("of each passing example the server reads the config without an error", arguments: passing)
    func servable(example: Example) throws {
        guard let plan = check(example.example.source.text).check.plan else { return }
        let findings = serverFindings(plan)
        #expect(!findings.hasErrors, "\(example.example.source.text)\n\(findings.map(\.message))")
    }

    @Test("whatever two examples say together, the server reads it where lint has no error")
    func together() {
        // What is deployed beside a spec says nothing about the spec.
        let examples = (Self.failing + Self.passing).map(\.example).filter(\.observedFiles.isEmpty)
        var generator = SeededGenerator(seed: 12)
        var read = 0
        for _ in 0..<600 {
            guard let first = examples.randomElement(using: &generator),
                let second = examples.randomElement(using: &generator), let both = first.joined(with: second)
            else { continue }
            let text = both.source.text
            let result = check(text).check
            guard let plan = result.plan, !result.diagnostics.hasErrors else { continue }
            read += 1
            let findings = serverFindings(plan)
            #expect(!findings.hasErrors, "\(text)\n\(findings.map(\.message))")
        }
        #expect(read >= 100, "only \(read) of the pairs were without an error")
    }

    @Test(
        "what is no hard error can be allowed where it is found, and what is left the server reads",
        arguments: failing.filter { !$0.rule.documentation.isHard && $0.rule.code != .unusedSuppression })
    func allowed(example: Example) throws {
        let files = [example.example.source] + example.example.observedFiles
        let result = check(allowing(example.rule.code, in: files)).check
        let left = result.diagnostics.filter { $0.code == example.rule.code && $0.severity != .error }
        let comments = result.diagnostics.filter { $0.code == .malformedSuppression || $0.code == .unusedSuppression }
        // A finding that the decoder makes a hard error in some forms (CG111, CG503, CG601) is refused there.
        let hard = result.diagnostics.filter { $0.code == example.rule.code }
        #expect(left.isEmpty && comments.isEmpty == hard.isEmpty, "\(result.diagnostics.map(\.message))")
        guard let plan = result.plan, !result.diagnostics.hasErrors else { return }
        #expect(!serverFindings(plan).hasErrors, "\(serverFindings(plan).map(\.message))")
    }

    @Test(
        "a hard error that a comment allows stays, and the comment is told that it is one",
        arguments: failing.filter { $0.rule.documentation.isHard && $0.rule.code != .malformedSuppression })
    func refused(example: Example) throws {
        let files = [example.example.source] + example.example.observedFiles
        let result = check(allowing(example.rule.code, in: files)).check
        #expect(result.suppressed.isEmpty)
        #expect(result.diagnostics.contains { $0.code == example.rule.code })
        #expect(
            result.diagnostics.contains { $0.code == .malformedSuppression && $0.message.contains("is a hard error") },
            "\(result.diagnostics.map(\.message))")
    }

    /// The files with a comment above each line that has a mark; for a realm, which can have none, above the lines of
    /// the spec that its findings name.
    private func allowing(_ code: DiagnosticCode, in files: [RuleExample.File]) -> [RuleExample.File] {
        let (result, sources) = check(files)
        let ofRealms = result.diagnostics.filter { finding in
            finding.code == code && finding.primary.map { sources[$0.span.file].path.hasSuffix(".json") } ?? false
        }.flatMap(\.secondary).map(\.span.start)
        return files.enumerated().map { index, file in
            guard !file.name.hasSuffix(".json") else {
                return RuleExample.File(name: file.name, text: file.text, marks: [])
            }
            let source = SourceFile(path: file.name, text: file.text)
            let lines = Set((file.marks + (index == 0 ? ofRealms : [])).map { source.lineIndex(at: $0) })
            let text = file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
                index, line in
                lines.contains(index) ? "# connectorgen: allow \(code) -- tried\n\(line)" : String(line)
            }.joined(separator: "\n")
            return RuleExample.File(name: file.name, text: text, marks: [])
        }
    }

    @Test("findings of security say so to SARIF and GitLab")
    func security() {
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: "a.yaml", text: "x"))
        let place = Label(Span(file, 0, 1))
        let report = Report(
            diagnostics: [
                Diagnostic(.secretInSpec, "a", at: place), Diagnostic(.wildcardTrustedHost, .warning, "b", at: place),
                Diagnostic(.unknownKey, "c", at: place),
            ], sources: sources, exitCode: 2)
        let sarif = String(decoding: report.render(.sarif), as: UTF8.self)
        #expect(sarif.contains("\"security-severity\": \"7.5\"") && sarif.contains("\"security-severity\": \"6.5\""))
        let gitlab = String(decoding: report.render(.gitlab), as: UTF8.self)
        #expect(gitlab.contains("\"critical\"") && gitlab.split(separator: "\"severity\": \"major\"").count == 3)
    }

    @Test("no code stands for two rules, and rules are found by code and by name")
    func registry() {
        let codes = RuleRegistry.all.map(\.code.number)
        #expect(Set(codes).count == codes.count)
        #expect(codes == codes.sorted())
        for name in ["CG301", "cg301", "301", "client-id-null"] {
            #expect(RuleRegistry.rule(named: name)?.code == .clientIDNull)
        }
        #expect(RuleRegistry.rule(named: "CG999") == nil)
    }

    @Test("findings never hold a secret")
    func secrets() {
        let secret = "0123456789abcdef0123456789abcdef"
        let token = "eyJhbGciOiJub25lIn0.e30.c2ln"
        let text = """
            version: 1
            name: demo
            issuer: { url: "https://me:\(secret)@mcp.example.com/mcp", mode: \(token), store: \(secret) }
            connectors: { mcp: { public_url: \(token), upstream: \(token), client_id: "-----BEGIN KEY" } }
            clients: [{ id: cid_one, secret: \(secret), \(token): 1 }, \(token)]
            """
        let result = check(text).check
        for diagnostic in result.diagnostics {
            let said = ([diagnostic.message, diagnostic.help ?? "", diagnostic.primary?.text ?? ""] + diagnostic.notes)
                .joined(separator: "\n")
            #expect(!said.contains(secret) && !said.contains(token), "\(said)")
        }
        #expect(result.secrets.count >= 3)
    }
}

@Suite struct PresetTests {
    @Test("each variable of the built-in presets names a key of the plan")
    func presets() {
        for preset in PresetCatalogue.builtin.presets {
            for variable in preset.variables {
                guard case .plan(let key) = variable.binding else { continue }
                #expect(DeploymentPlan.isPlanKey(key), "\(variable.name) of \(preset.name): \(key)")
            }
        }
    }
}
