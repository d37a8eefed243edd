import ConnectorChecks
import ConnectorSpec
import Diagnostics
import Testing

@Suite struct ClientIDTraceTests {
    private func finding(_ text: String, environment: String? = nil) -> (Diagnostic?, SourceMap) {
        let (result, sources) = check(text, environment: environment)
        return (result.diagnostics.first { $0.code == .clientIDNull }, sources)
    }

    private let head = """
        version: 1
        name: demo
        issuer: { url: https://mcp.example.com/mcp, mode: external }

        """

    @Test("null client_id is reported at the value")
    func null() {
        let (finding, sources) = finding(
            head
                + "connectors:\n  mcp:\n    public_url: https://mcp.example.com/mcp\n    upstream: http://127.0.0.1:1\n"
                + "    client_id: null\n")
        #expect(finding.flatMap { $0.primary.map { sources.location(of: $0.span) } } == "connector.yaml:8:16")
        #expect(
            finding?.notes == ["resolved: client_id <- connectors.mcp.client_id (connector.yaml:8)"])
    }

    @Test("a key with nothing behind it is reported at the key")
    func nothing() {
        let (finding, sources) = finding(
            head + "connectors:\n  mcp:\n    client_id:\n    public_url: https://mcp.example.com/mcp\n"
                + "    upstream: http://127.0.0.1:1\n")
        let line = finding?.primary.map { sources[$0.span.file].position(at: $0.span.start).line }
        #expect(line == 6)
    }

    @Test("an alias is followed to the line where null is written, and the way is shown")
    func alias() {
        let (finding, sources) = finding(
            "version: 1\nname: demo\nissuer: { url: https://mcp.example.com/mcp, mode: external }\n"
                + "environments: { staging: { name: &id null } }\n"
                + "connectors:\n  mcp:\n    public_url: https://mcp.example.com/mcp\n    upstream: http://127.0.0.1:1\n"
                + "    client_id: *id\n")
        #expect(finding.flatMap { $0.primary.map { sources.location(of: $0.span) } } == "connector.yaml:4:38")
        #expect(
            finding?.notes == [
                "resolved: client_id <- connectors.mcp.client_id (connector.yaml:9) <- alias *id (connector.yaml:9)"
                    + " <- the value written there (connector.yaml:4)"
            ])
    }

    @Test("a merge key is named as the way")
    func merge() {
        let (finding, _) = finding(
            "version: 1\nname: demo\nissuer: { url: https://mcp.example.com/mcp, mode: external }\n"
                + "connectors:\n  mcp: &base\n    public_url: https://mcp.example.com/mcp\n"
                + "    upstream: http://127.0.0.1:1\n    client_id: ~\n  two:\n    <<: *base\n"
                + "    public_url: https://mcp.example.com/two\n")
        let (result, _) = check(
            "version: 1\nname: demo\nissuer: { url: https://mcp.example.com/mcp, mode: external }\n"
                + "connectors:\n  mcp: &base\n    public_url: https://mcp.example.com/mcp\n"
                + "    upstream: http://127.0.0.1:1\n    client_id: ~\n  two:\n    <<: *base\n"
                + "    public_url: https://mcp.example.com/two\n")
        #expect(finding != nil)
        let notes = result.diagnostics.filter { $0.code == .clientIDNull }.flatMap(\.notes)
        #expect(
            notes.contains {
                $0.contains("connectors.two.client_id (connector.yaml:8) <- merge key `<<` (connector.yaml:10)")
            }, "\(notes)")
    }

    @Test("an overlay that nulls the id is named as the way")
    func overlay() {
        let text =
            head + "connectors:\n  mcp:\n    public_url: https://mcp.example.com/mcp\n"
            + "    upstream: http://127.0.0.1:1\n    client_id: cid_one\n"
            + "environments:\n  staging:\n    connectors: { mcp: { client_id: null } }\n"
        #expect(finding(text).0 == nil)
        let (staged, sources) = finding(text, environment: "staging")
        #expect(staged.flatMap { $0.primary.map { sources.location(of: $0.span) } } == "connector.yaml:11:37")
        #expect(
            staged?.notes.first?.contains("<- environment staging (connector.yaml:11)") == true,
            "\(staged?.notes ?? [])")
    }

    @Test("the finding comes though the rest of the spec is broken too")
    func brokenSpec() {
        let (result, _) = check(
            "version: 1\nname: Demo\nissuer: { url: http://mcp.example.com/mcp }\n"
                + "connectors:\n  mcp: { public_url: https://mcp.example.com/mcp/, client_id: '' }\n")
        let codes = Set(result.diagnostics.map(\.code))
        #expect(codes.isSuperset(of: [.clientIDNull, .invalidValue, .notHTTPS, .missingKey, .trailingSlash]))
        #expect(result.plan == nil)
    }
}
