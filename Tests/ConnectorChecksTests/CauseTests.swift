import ConnectorChecks
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import TestSupport
import Testing
import YAMLSyntax

@Suite("one cause, one finding; and no conclusion from what could not be read")
struct CauseTests {
    private static let head = """
        version: 1
        name: demo
        issuer:
          url: https://mcp.example.com/mcp
          mode: local
          users: { file: /etc/connectorgen/users }
          store: { sqlite: /var/lib/connectorgen/auth.db }
        connectors:
          mcp: { public_url: https://mcp.example.com/mcp, upstream: "http://127.0.0.1:3930", client_id: cid_one }

        """

    /// Codes of everything that is found, notes left out.
    private func codes(_ text: String) -> [DiagnosticCode] {
        check(text).check.diagnostics.filter { $0.severity != .note }.map(\.code)
    }

    @Test(
        "a value that cannot be read is found, and nothing that would follow from its absence",
        arguments: [
            (
                "  users: { file: /etc/connectorgen/users }", "  users: /etc/connectorgen/users",
                DiagnosticCode.wrongKind
            ),
            (
                "  mode: local",
                "  # connectorgen: allow CG707 -- the provider is the matter\n  mode: upstream\n"
                    + "  login: { provider: saml, issuer: https://a.example, client_id: b }", .unknownName
            ),
            ("  mode: local", "  mode: local\n  registration: [dynamic]\n  dcr: dynamic", .unknownName),
            ("client_id: cid_one", "client_id: *gone", .yamlUndefinedAlias),
            ("  store: { sqlite: /var/lib/connectorgen/auth.db }", "  store: { sqlite: var/auth.db }", .invalidValue),
        ])
    func consequences(old: String, new: String, expected: DiagnosticCode) {
        let found = check(Self.head.replacing(old, with: new)).check.diagnostics.filter { $0.severity == .error }
        #expect(found.map(\.code) == [expected], "\(found.map(\.message))")
    }

    @Test("hosts that cannot be read do not make a client's redirect untrusted, nor the spec one without clients")
    func hosts() {
        let found = codes(
            Self.head + "trusted_hosts: [ChatGPT.com, claude.ai]\n"
                + "clients: [{ id: cid_two, redirect_uris: [\"https://chatgpt.com/cb\"] }]\n")
        #expect(found == [.invalidHost])
        #expect(
            codes(Self.head.replacing("mode: local", with: "mode: local\n  registration: [dcr]") + "client: [claude]\n")
                == [.unknownKey])
    }

    @Test("a comment is not called useless while its rule cannot run")
    func undecided() {
        let url = "  url: https://mcp.example.com/mcp"
        let allowed = Self.head.replacing(
            url, with: url + " # connectorgen: allow CG514 -- clients follow\n  registration: [dcr]")
        #expect(codes(allowed) == [])
        #expect(codes(allowed + "trusted_hosts: [ChatGPT.com]\n") == [.invalidHost])
        #expect(codes(allowed + "trusted_hosts: [chatgpt.com]\n") == [.unusedSuppression])
    }

    @Test("what is wrong between values that could be read is found beside an error elsewhere")
    func rounds() {
        let text = Self.head.replacing("client_id: cid_one", with: "client_id: cid_one, aliases: [/mcp]")
        let found = codes(text + "trusted_hosts: [ChatGPT.com]\n")
        #expect(Set(found) == [.routeCollision, .invalidHost])
    }

    @Test("a second connector in the quickstart is one finding for its env file, and a path twice is found beside it")
    func quickstart() throws {
        let text = try #require(Golden("examples/quickstart/connector.yaml").text)
        let second = text.replacing(
            "\nclients:",
            with: "  two: { public_url: http://127.0.0.1:8780/mcp, upstream: \"http://127.0.0.1:3931\" }\n\nclients:"
        )
        .replacing("  mode: local", with: "  mode: local\n  registration: [cimd, dcr]")
        #expect(codes(second).sorted() == [.connectorUnnamed, .routeCollision])
    }

    @Test("twenty thousand keys that nobody knows are a hundred findings, and another one is not lost among them")
    func many() {
        let keys = (0..<20_000).map { "key\($0): 1\n" }.joined()
        let result = check(Self.head + keys + "trusted_hosts: [\"*.example.org\"]\n").check
        let unknown = result.diagnostics.filter { $0.code == .unknownKey }
        #expect(unknown.count == SpecCheck.findingsPerCode)
        #expect(unknown.last?.notes.last == "19900 more findings of CG101 are not shown")
        #expect(result.diagnostics.contains { $0.code == .wildcardTrustedHost })
    }

    @Test("keys beside their connector are told to be indented, and are no connectors")
    func dedented() {
        let text = """
            version: 1
            name: demo
            issuer: { url: https://mcp.example.com/mcp, mode: external }
            connectors:
              mcp:
              public_url: https://mcp.example.com/mcp
              upstream: http://127.0.0.1:3930
            """
        let result = check(text).check
        #expect(result.diagnostics.map(\.code) == [.wrongKind])
        #expect(result.diagnostics.first?.help == "indent the keys of `mcp` deeper than its name")
        let issuer = Self.head.replacing("  url: https", with: "url: https").replacing("  mode", with: "mode")
            .replacing("  users", with: "users").replacing("  store", with: "store")
        #expect(check(issuer).check.diagnostics.map(\.message) == ["`url` stands beside `issuer` and not below it"])
    }

    @Test("a key of another section is told where it belongs")
    func otherSection() {
        let found = check(Self.head.replacing("  mode: local", with: "  mode: local\n  public_url: x")).check
            .diagnostics
        #expect(found.map(\.help) == ["`public_url` is a key of `connectors.NAME`"])
    }

    @Test("a value that a comment swallowed is said to be one")
    func comment() {
        let text = Self.head.replacing(
            "{ public_url: https://mcp.example.com/mcp, upstream: \"http://127.0.0.1:3930\", client_id: cid_one }",
            with: "\n    public_url: https://mcp.example.com/mcp\n    upstream: #3930\n    client_id: #cid_1")
        let notes = check(text).check.diagnostics.flatMap(\.notes).filter { $0.hasPrefix("`#`") }
        #expect(notes.count == 2)
    }

    @Test(
        "a word in place of a boolean or a choice is no text that looks like one",
        arguments: [
            ("connectors:\n  mcp: {", "connectors:\n  mcp: { root_prm: off, cors: off,", [DiagnosticCode]()),
            ("  mode: local", "  mode: local\n  registration: [predefined]\n  dcr: off", []),
            ("  mode: local", "  mode: local\n  openid: yes", [.wrongKind]),
        ])
    func words(old: String, new: String, expected: [DiagnosticCode]) {
        #expect(codes(Self.head.replacing(old, with: new) + "clients: [claude]\n") == expected)
    }

    @Test("a provider by the name of the protocol is not taken for another provider")
    func suggestions() {
        let text = Self.head.replacing(
            "  mode: local",
            with: "  mode: upstream\n  login: { provider: oauth2, issuer: https://a.example, client_id: b }")
        #expect(check(text).check.diagnostics.allSatisfy { $0.help?.contains("auth0`") != true && $0.fixes.isEmpty })
    }

    @Test("dates are judged on the day that is given, and on none without")
    func dates() {
        let alias = Self.head.replacing(
            "client_id: cid_one",
            with: "client_id: cid_one, legacy_aliases: [{ path: /old, sunset: 2026-11-29 }]")
        #expect(check(alias, today: "2026-11-29").check.diagnostics.isEmpty)
        #expect(check(alias, today: "2026-11-30").check.diagnostics.map(\.code) == [.sunsetPassed])
        #expect(check(alias, today: nil).check.diagnostics.isEmpty)
        let allowed = "# connectorgen: allow CG417 -- until the last old client is gone\n"
        let commented = alias.replacing("  mcp: {", with: allowed + "  mcp: {")
        #expect(check(commented, today: "2026-11-30").check.diagnostics.isEmpty)
        #expect(check(commented, today: nil).check.diagnostics.isEmpty, "nobody can tell without a day")
        #expect(check(commented, today: "2026-11-01").check.diagnostics.map(\.code) == [.unusedSuppression])
    }
}
