import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let rootMetadataAlias = DiagnosticCode(
        215, "root-metadata-alias", .warning,
        summary: "`issuer.root_metadata: alias` on an issuer that has a path.",
        why:
            "The document at the host's root then names an issuer that is not the root. The MCP Python SDK, 1.30 and "
            + "2.3, compares the two when it finds no resource metadata and stops at \"issuer mismatch\"; without the "
            + "document 1.30 gets in by the endpoints of the origin.",
        remedy: "Leave it off, which is the default, unless a client that you know looks nowhere else.")
}

/// Metadata at the root of a host that belongs to an issuer below it.
struct RootMetadataAliasRule: Rule {
    let documentation = RuleDocumentation(
        .rootMetadataAlias, failing: [RuleExample(issuer: "root_metadata: ↓alias")],
        passing: [
            RuleExample(issuer: "root_metadata: off"),
            RuleExample(issuer: "url: https://mcp.example.com\nroot_metadata: alias"),
            RuleExample(
                issuer: "root_metadata: alias # connectorgen: allow CG215 -- our own client of 2024 looks nowhere else"),
        ], references: ["M#41", "RFC 8414 §3.3"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, let alias = issuer.rootMetadata, alias.value == .alias,
            !issuer.url.value.path.isEmpty
        else { return [] }
        return [
            finding(
                "the document at the host's root names the issuer `\(issuer.url.value.text)`, which is not the root",
                at: alias.span, "the MCP Python SDK 1.30 stops here without resource metadata",
                secondary: [Label(issuer.url.span, "the issuer has a path")],
                help: "remove it: without the document that client gets in by the endpoints of the origin")
        ]
    }
}
