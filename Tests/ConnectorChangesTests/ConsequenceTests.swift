import ConnectorChanges
import Diagnostics
import Foundation
import TestSupport
import Testing

/// A change of the spec of the example Dexter.
struct DexterChange: Sendable, CustomStringConvertible {
    let description: String
    let edits: [(String, String)]

    init(_ description: String, _ edits: (String, String)...) {
        (self.description, self.edits) = (description, edits)
    }

    static func spec() throws -> String {
        try String(contentsOfFile: Repository.path("examples/dexter/connector.yaml"), encoding: .utf8)
    }

    func report() throws -> ChangeReport {
        let old = try Self.spec()
        var new = old
        for (before, after) in edits {
            #expect(new.contains(before), "\(before) is not in the spec")
            new = new.replacingOccurrences(of: before, with: after)
        }
        return try #require(
            ChangeReport(
                of: SourceFile(path: "main:./connector.yaml", text: old),
                to: SourceFile(path: "connector.yaml", text: new)), "\(description) does not compile")
    }
}

@Suite("a change of the spec has the consequences that it has")
struct ConsequenceTests {
    /// What is changed, the fact that tells it, how much it weighs, and what becomes of a client of the profile ChatGPT.
    private static let rows: [(DexterChange, String, Consequence.Weight, ClientFate.Outcome)] = [
        (DexterChange("name", ("name: dexter\n", "name: dexter-two\n")), "name", .noticeable, .unaffected),
        (
            DexterChange("issuer", ("url: https://dexter.cash/mcp\n  mode", "url: https://dexter.cash/login\n  mode")),
            "issuer.url", .breaking, .reconnects
        ),
        (
            DexterChange("endpoint", ("  dcr: dynamic\n", "  dcr: dynamic\n  endpoints: { token: /mcp/exchange }\n")),
            "issuer.endpoints.token", .breaking, .reconnects
        ),
        (
            DexterChange(
                "legacy endpoints",
                ("    legacy_aliases:\n      - { path: /api/connector/oauth, sunset: 2027-03-31 }\n", "")),
            "legacy_aliases", .breaking, .unaffected
        ),
        (DexterChange("sunset", ("2027-03-31", "2027-06-30")), "legacy_aliases", .quiet, .unaffected),
        (
            DexterChange(
                "second connector",
                (
                    "\nclients:\n",
                    "  files: { public_url: https://dexter.cash/files, client_id: cid_files, upstream: http://127.0.0.1:3931 }\n\nclients:\n"
                ),
                (
                    "    - { file: dexter-mcp.env, dialect: node,",
                    "    - { file: dexter-mcp.env, connector: mcp, dialect: node,"
                ),
                ("      preset: dexter\n      app", "      preset: dexter\n      connector: mcp\n      app"),
                ("connectorgen-auth.env, dialect", "connectorgen-auth.env, connector: mcp, dialect")),
            "connectors.files", .noticeable, .unaffected
        ),
        (
            DexterChange(
                "public URL", ("public_url: https://dexter.cash/mcp\n", "public_url: https://dexter.cash/tools\n")),
            "connectors.mcp.public_url", .breaking, .reconnects
        ),
        (DexterChange("alias", ("aliases: [/mcp2]", "aliases: []")), "connectors.mcp.aliases", .breaking, .unaffected),
        (
            DexterChange("advertised id", ("cid_3b7e0c94d1f84a6f9a52c6d80e17b4a3", "cid_other")),
            "connectors.mcp.client_id", .breaking, .unaffected
        ),
        (DexterChange("a client less", ("  - chatgpt\n", "")), "clients", .breaking, .shutOut),
        (DexterChange("a client more", ("  - codex\n", "  - codex\n  - cursor\n")), "clients", .quiet, .unaffected),
        (
            DexterChange(
                "no registration", ("[predefined, cimd, dcr]\n  dcr: dynamic", "[predefined, cimd]\n  dcr: off")),
            "issuer.registration", .breaking, .unaffected
        ),
        (
            DexterChange("a host", ("trusted_hosts: [chatgpt.com,", "trusted_hosts: [chatgpt.com, app.example.com,")),
            "trusted_hosts", .quiet, .unaffected
        ),
        (
            DexterChange("a redirect", ("\ntargets:", "\ntrusted_redirects: [\"com.raycast:/oauth\"]\ntargets:")),
            "trusted_redirects", .quiet, .unaffected
        ),
        (
            DexterChange(
                "documents", ("  dcr: dynamic\n", "  dcr: dynamic\n  client_documents: { hosts: [claude.ai] }\n")),
            "issuer.client_documents.hosts", .breaking, .unaffected
        ),
        (
            DexterChange("a scope", ("scopes: [mcp.tools]", "scopes: [mcp.tools, mcp.admin]")),
            "connectors.mcp.scopes", .noticeable, .signsInAgain
        ),
        (
            DexterChange(
                "admission", ("    host_header: public\n", "    host_header: public\n    allow: [{ subject: alice }]\n")
            ),
            "connectors.mcp.allow", .breaking, .unaffected
        ),
        (
            DexterChange("key", ("/etc/connectorgen/dexter.key", "/etc/connectorgen/other.key")), "issuer.key",
            .breaking,
            .signsInAgain
        ),
        (
            DexterChange("format", ("  dcr: dynamic\n", "  dcr: dynamic\n  tokens: { format: jwt }\n")),
            "issuer.tokens.format", .noticeable, .unaffected
        ),
        (
            DexterChange("lifetime", ("  dcr: dynamic\n", "  dcr: dynamic\n  tokens: { refresh_lifetime: 7d }\n")),
            "issuer.tokens.refresh_lifetime", .noticeable, .unaffected
        ),
        (
            DexterChange("store", ("/connectorgen/auth.db", "/connectorgen/new.db")), "issuer.store", .breaking,
            .signsInAgain
        ),
        (
            DexterChange("login", ("qdgumpoqnthrjfmqziwm", "abcdefghijklmnopqrst")), "issuer.login.issuer", .breaking,
            .signsInAgain
        ),
        (
            DexterChange("secret", ("env: SUPABASE_OAUTH_SECRET", "env: OTHER_SECRET")), "secrets", .noticeable,
            .unaffected
        ),
        (
            DexterChange("bearer", ("env: DEXTER_BRIDGE_TOKEN", "env: OTHER_TOKEN")), "service_tokens", .breaking,
            .unaffected
        ),
        (
            DexterChange("listen", ("  dcr: dynamic\n", "  dcr: dynamic\n  listen: 127.0.0.1:9999\n")), "issuer.listen",
            .noticeable, .unaffected
        ),
        (
            DexterChange("host", ("    alias_hosts: [mcp.dexter.cash]\n", ""), (", mcp.dexter.cash] }", "] }")),
            "hosts",
            .breaking, .unaffected
        ),
        (
            DexterChange("upstream", ("127.0.0.1:3930", "127.0.0.1:3999")), "connectors.mcp.upstream", .noticeable,
            .unaffected
        ),
        (
            DexterChange("origin", ("[https://chatgpt.com, https://claude.ai]", "[https://claude.ai]")),
            "connectors.mcp.allowed_origins", .breaking, .unaffected
        ),
        (
            DexterChange("limit", ("  dcr: dynamic\n", "  dcr: dynamic\n  limits: { registrations: 5/10m }\n")),
            "issuer.limits", .quiet, .unaffected
        ),
        (
            DexterChange(
                "variable", ("node, preset: dexter }", "node, preset: dexter, variables: { LOG_LEVEL: info } }")),
            "targets.env", .quiet, .unaffected
        ),
    ]

    @Test("a change", arguments: rows.indices)
    func consequence(index: Int) throws {
        let (change, fact, weight, outcome) = Self.rows[index]
        let report = try change.report()
        #expect(
            report.consequences.contains { $0.fact == fact && $0.weight == weight },
            "\(change): \(report.consequences.map { "\($0.fact) \($0.weight)" })")
        #expect(report.clients.first { $0.name == "chatgpt" }?.outcome == outcome, "\(change): \(report.text)")
        #expect(!report.isEmpty && !report.steps.isEmpty)
        #expect(report.artifacts.isEmpty == false, "\(change) changes no output")
    }

    @Test("a comment, and blank lines, change nothing")
    func comments() throws {
        let report = try DexterChange("comment", ("version: 1\n", "# a comment\n\nversion: 1\n")).report()
        #expect(report.isEmpty && report.restamped > 10, "\(report.text)")
        #expect(report.steps.isEmpty)
    }

    @Test("an issuer that moves has everybody remove and add the connector")
    func issuer() throws {
        let report = try DexterChange("issuer", ("https://dexter.cash/mcp", "https://dexter.cash/tools")).report()
        let consequence = try #require(report.consequences.first { $0.fact == "issuer.url" })
        #expect(consequence.effect.hasPrefix("changing `issuer.url` invalidates every registered client"))
        #expect(consequence.effect.hasSuffix("must remove and add the connector"))
        #expect(report.clients.allSatisfy { $0.outcome == .reconnects })
        #expect(report.steps.map(\.word).contains("purge"))
    }

    @Test("steps stand in the runbook's order, each once")
    func steps() throws {
        let report = try DexterChange("issuer", ("https://dexter.cash/mcp", "https://dexter.cash/tools")).report()
        let words = report.steps.map(\.word)
        let order = ["provider", "install-env", "restart-server", "reload-nginx", "purge", "tell-users"]
        let places = order.compactMap { words.firstIndex(of: $0) }
        #expect(places.count == order.count && places == places.sorted(), "\(words)")
        #expect(Set(report.steps).count == report.steps.count)
    }
}
