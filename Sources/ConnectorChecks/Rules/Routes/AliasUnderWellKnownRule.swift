import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let aliasUnderWellKnown = DiagnosticCode(
        406, "alias-under-well-known",
        summary: "An alias or endpoint path lies under `/.well-known/`.",
        why:
            "That space belongs to metadata documents and to certificate renewal; everything else in it "
            + "answers 404, so that no client takes a stray answer for metadata.",
        remedy: "Choose a path outside of it.")
}

/// An alias among the metadata documents.
struct AliasUnderWellKnownRule: Rule {
    let documentation = RuleDocumentation(
        .aliasUnderWellKnown, isHard: true,
        failing: [
            RuleExample(connector: "aliases: [↓/.well-known/mcp]"),
            RuleExample(connector: "legacy_aliases: [{ path: ↓/.well-known/oauth, sunset: 2027-03-31 }]"),
            RuleExample(issuer: "endpoints: { jwks: ↓/.well-known/jwks.json }"),
        ],
        passing: [
            RuleExample(connector: "aliases: [/well-known-mcp]"),
            RuleExample(connector: "legacy_aliases: [{ path: /api/connector/oauth, sunset: 2027-03-31 }]"),
        ], references: ["M#24", "RFC 8615"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        let paths =
            context.draft.connectors.flatMap { $0.aliases + $0.legacyAliases.map(\.path) }
            + (context.draft.issuer.map { Array($0.endpoints.values) } ?? [])
        return paths.filter { Self.isReserved($0.value.text) }.map { path in
            finding(
                "`\(path.value.text)` lies under /.well-known/", at: path.span, "reserved for metadata documents",
                help: "choose another path")
        }
    }

    private static func isReserved(_ path: String) -> Bool {
        path == "/.well-known" || path.hasPrefix("/.well-known/")
    }
}
