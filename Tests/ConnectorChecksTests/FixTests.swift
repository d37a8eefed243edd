import ConnectorChecks
import ConnectorSpec
import Diagnostics
import TestSupport
import Testing
import YAMLSyntax

@Suite("advice leads out of the error")
struct FixTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var testDescription: String { name }
    }

    /// Every spec with a finding that there is: the examples of the rules, the broken examples, and slips of YAML.
    static let cases: [Case] =
        RuleTests.failing.map { Case(name: "\($0.rule.code) \($0.example.excerpt)", text: $0.example.source.text) }
        + ExampleTests.broken.compactMap { name in
            Golden("examples/broken/\(name)").text.map { Case(name: name, text: $0) }
        }
        + slips.map { Case(name: $0, text: "version: 1\nname: demo\n" + $0) }

    private static let slips = [
        "issuer:\n  url: https://mcp.example.com/mcp\n   mode: local\n",
        "issuer:\n\turl: https://mcp.example.com/mcp\n",
        "issuer:\n  url:\u{A0}https://mcp.example.com/mcp\n  mode: local\n",
        "trusted_hosts: [*.example.org]\n", "trusted_hosts: chatgpt.com claude.ai\n", "clients: claude\n",
        "connectors: { mcp: { scopes: mcp.tools mcp.read, openid: yes } }\n",
        "issuer: { users: /etc/connectorgen/users }\n",
        "connectors: { mcp: { upstream: \"http://unix:/run/x.sock\" } }\n",
        "connectors: { mcp: { public_url: \"https://bücher.example/mcp\", alias_hosts: [straße.example] } }\n",
    ]

    @Test("each fix that is offered takes its finding away, and brings no new error", arguments: cases)
    func fixes(item: Case) {
        let before = check(item.text).check.diagnostics
        for finding in before {
            for fix in finding.fixes where !fix.edits.isEmpty {
                let text = applied(fix, to: item.text)
                let after = check(text).check.diagnostics
                let left = after.filter { $0.code == finding.code && $0.message == finding.message }
                let same = before.filter { $0.code == finding.code && $0.message == finding.message }
                #expect(left.count < same.count, "\(fix.title) leaves \(finding.message)\n\(text)")
                // A file that could not be read to its end may show more once it can be.
                guard before.first?.code != .yamlIndentation, before.allSatisfy({ $0.code.number >= 20 }) else {
                    continue
                }
                let places = Set(fix.edits.map(\.span.start))
                let new = after.filter { error in
                    error.severity == .error && places.contains(error.primary?.span.start ?? -1)
                        && !before.contains { $0.code == error.code }
                }
                #expect(new.isEmpty, "\(fix.title) leads to \(new.map(\.message))\n\(text)")
            }
        }
    }

    private func applied(_ fix: FixIt, to text: String) -> String {
        var bytes = Array(text.utf8)
        for edit in fix.edits.sorted(by: { $0.span.start > $1.span.start }) {
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: Array(edit.replacement.utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("where a value has one right form, it is offered")
    func forms() {
        let offered = Self.cases.suffix(Self.slips.count).map { item in
            check(item.text).check.diagnostics.flatMap(\.fixes).flatMap(\.edits).map(\.replacement)
        }
        #expect(offered[2].contains(" ") && offered[3].contains("\"*.example.org\""))
        #expect(offered[4].contains("[chatgpt.com, claude.ai]") && offered[5].contains("[claude]"))
        #expect(offered[7].contains("{ file: /etc/connectorgen/users }") && offered[8].contains("unix:/run/x.sock"))
        #expect(
            offered[9].contains("https://xn--bcher-kva.example/mcp") && offered[9].contains("xn--strae-oqa.example"))
    }
}
