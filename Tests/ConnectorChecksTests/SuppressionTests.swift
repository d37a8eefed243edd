import ConnectorChecks
import ConnectorSpec
import Diagnostics
import Testing

@Suite struct SuppressionTests {
    private let head = """
        version: 1
        name: demo
        issuer: { url: https://mcp.example.com/mcp, mode: external }
        connectors:
          mcp: { public_url: https://mcp.example.com/mcp, upstream: "http://127.0.0.1:3930" }

        """

    @Test("a comment with a reason allows what a rule finds on its line, and the reason is kept")
    func sameLine() {
        let result = check(
            head + "trusted_hosts: [\"*.example.org\"] # connectorgen: allow CG503 -- all of them ours\n"
        )
        .check
        #expect(!result.diagnostics.contains { $0.code == .wildcardTrustedHost })
        #expect(result.suppressed.map(\.reason) == ["all of them ours"])
    }

    @Test("a comment alone on its line speaks of the next line with something on it, and of no other")
    func nextLine() {
        let comment = "# connectorgen: allow CG503 -- ours\n"
        let near = check(head + comment + "\n# more\ntrusted_hosts: [\"*.example.org\"]\n").check
        #expect(near.suppressed.count == 1)
        let far = check(head + comment + "clients: [chatgpt]\ntrusted_hosts: [\"*.example.org\"]\n").check
        #expect(far.suppressed.isEmpty)
        #expect(far.diagnostics.map(\.code).contains(.unusedSuppression))
        #expect(far.diagnostics.map(\.code).contains(.wildcardTrustedHost))
    }

    @Test("a comment with several names allows each, and one for another rule allows nothing")
    func names() {
        let line = "trusted_hosts: [\"*.example.org\"] # connectorgen: allow "
        #expect(check(head + line + "CG301, CG503 -- x\n").check.suppressed.count == 1)
        #expect(check(head + line + "CG301 -- x\n").check.suppressed.isEmpty)
    }

    @Test(
        "what looks similar is no such comment",
        arguments: ["# connectorgen allow CG503 -- x", "#connectorgen: allowed CG503 -- x", "# allow CG503 -- x"])
    func others(comment: String) {
        let result = check(head + "trusted_hosts: [\"*.example.org\"] \(comment)\n").check
        #expect(result.suppressed.isEmpty)
        #expect(result.diagnostics.map(\.code) == [.wildcardTrustedHost])
    }

    @Test("a hash inside a value is no comment")
    func hashInValue() {
        let result = check(head + "clients: [{ id: cid_one, label: 'a#connectorgen: allow CG503 -- x' }]\n").check
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
    }
}
