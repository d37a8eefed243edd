import ConnectorChecks
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import TestSupport
import Testing

/// Everything that is found in one text.
func check(_ text: String, environment: String? = nil) -> (check: SpecCheck, sources: SourceMap) {
    var sources = SourceMap()
    let file = sources.add(SourceFile(path: "connector.yaml", text: text))
    return (SpecCheck(file, in: sources, environment: environment), sources)
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
        let (text, marks) = example.example.source
        let result = check(text).check
        let places = result.diagnostics.filter { $0.code == example.rule.code }.compactMap { $0.primary?.span.start }
        #expect(!marks.isEmpty, "an example needs a marker")
        #expect(places.sorted() == marks.sorted(), "\(text)\n\(result.diagnostics.map(\.message))")
    }

    @Test("each passing example is free of every error", arguments: passing)
    func silent(example: Example) {
        let (text, marks) = example.example.source
        let result = check(text).check
        #expect(marks.isEmpty)
        #expect(
            !result.diagnostics.contains { $0.code == example.rule.code || $0.severity == .error },
            "\(text)\n\(result.diagnostics.map(\.message))")
    }

    @Test("each rule has examples of both kinds")
    func documentation() {
        for rule in RuleRegistry.all {
            let documentation = rule.documentation
            #expect(!documentation.failing.isEmpty && !documentation.passing.isEmpty, "\(rule.code)")
        }
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

@Suite struct VocabularyTests {
    @Test("each variable of the built-in vocabularies names a key of the plan")
    func vocabularies() {
        for vocabulary in VocabularyCatalogue.builtin.vocabularies {
            for variable in vocabulary.variables {
                guard case .plan(let key) = variable.binding else { continue }
                #expect(DeploymentPlan.isPlanKey(key), "\(variable.name) of \(vocabulary.name): \(key)")
            }
        }
    }
}
