import ConnectorChanges
import Diagnostics
import Foundation
import JSONSyntax
import TestSupport
import Testing

@Suite("plans of three changes of an example read as they are kept")
struct ChangeGoldenTests {
    static let changes = [
        DexterChange(
            "issuer-moves", ("url: https://dexter.cash/mcp\n  mode", "url: https://auth.dexter.cash\n  mode"),
            ("server_names: [dexter.cash,", "server_names: [dexter.cash, auth.dexter.cash,")),
        DexterChange(
            "history-ends", ("    aliases: [/mcp2]\n", ""),
            ("    legacy_aliases:\n      - { path: /api/connector/oauth, sunset: 2027-03-31 }\n", ""),
            ("  - { id: app_Qm4tV7rK2wZ9xC3nH6yB1pL8d, label: old ChatGPT registration, status: legacy }\n", "")),
        DexterChange(
            "server-moves", ("http://127.0.0.1:3930", "http://127.0.0.1:4930"),
            ("  dcr: dynamic\n", "  dcr: dynamic\n  tokens: { access_lifetime: 15m }\n"),
            ("  - codex\n", "  - codex\n  - cursor\n")),
    ]

    @Test("as a comment on a pull request", arguments: changes)
    func markdown(change: DexterChange) throws {
        try Golden("examples/dexter/plans/\(change).md").expect(change.report().markdown)
    }

    @Test("as text", arguments: changes)
    func text(change: DexterChange) throws {
        try Golden("examples/dexter/plans/\(change).txt").expect(change.report().text)
    }

    @Test("as JSON, which says the same", arguments: changes)
    func json(change: DexterChange) throws {
        let report = try change.report()
        let document = try JSON.parse(report.json)
        #expect(document["formatVersion"] == 1 && document["changes"] == true)
        #expect(document["consequences"]?.array?.count == report.consequences.count)
        #expect(document["clients"]?.array?.count == report.clients.count)
        #expect(document["steps"]?.array?.count == report.steps.count)
        #expect(document["outputs"]?.array?.count == report.artifacts.count)
    }

    @Test(
        "a spec against itself has an empty plan",
        arguments: [
            "quickstart", "dexter", "auth0-proxy", "keycloak-farm", "own-issuer", "compose-tunnel", "single-page-app",
            "keycloak-beside",
        ])
    func same(example: String) throws {
        let path = "examples/\(example)/connector.yaml"
        let text = try String(contentsOfFile: Repository.path(path), encoding: .utf8)
        let file = SourceFile(path: path, text: text)
        let report = try #require(ChangeReport(of: file, to: file))
        #expect(report.isEmpty && report.steps.isEmpty && report.restamped == 0, "\(report.text)")
    }
}
