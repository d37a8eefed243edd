import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let keycloakIssuerElsewhere = DiagnosticCode(
        211, "keycloak-issuer-elsewhere",
        summary: "In mode `external` the issuer is not the realm that `targets.keycloak` configures.",
        why:
            "The scripts would give audience scopes and trusted hosts to one realm, and clients would sign in "
            + "at another: tokens carry the wrong `iss` or no audience.",
        remedy: "The issuer of a realm is `SERVER/realms/REALM`, byte for byte; make the two agree.")
}

/// An external issuer that is not the realm which the scripts configure.
struct KeycloakIssuerElsewhereRule: Rule {
    let documentation = RuleDocumentation(
        .keycloakIssuerElsewhere,
        failing: [
            RuleExample(
                issuer: "url: ↓https://auth.example.com/realms/other\nmode: external\n# no users\n# no store",
                top: "targets:\n  keycloak: { realm: mcp, server: https://auth.example.com, version: \"26.4\" }"),
            RuleExample(
                issuer: "url: ↓https://auth.example.com/realms/mcp/\nmode: external\n# no users\n# no store",
                top: "targets:\n  keycloak: { realm: mcp, server: \"http://keycloak:8080\", version: \"26.4\" }"),
        ],
        passing: [
            RuleExample(
                issuer: "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store",
                top:
                    "targets:\n  keycloak: { realm: mcp, server: \"https://auth.example.com:8443\", version: \"26.4\" }"
            ),
            RuleExample(
                issuer: "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store",
                top: "targets:\n  keycloak: { realm: mcp, server: https://auth.example.com, version: \"26.4\" }"),
        ], references: ["M#50", "M#31"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value == .external,
            let keycloak = context.draft.targets.keycloak
        else { return [] }
        let url = issuer.url.value
        let server = keycloak.server.value
        let realm = "/realms/\(keycloak.realm.value.text)"
        // A server that is administered under another address than clients use is no contradiction.
        let expected =
            server.isSameServer(as: url)
            ? server.text + realm : url.path.hasSuffix(realm) ? url.text : Self.issuer(url, realm)
        guard url.text != expected else { return [] }
        return [
            finding(
                "`issuer.url` is `\(url.text)` and the configured realm is `\(expected)`",
                at: issuer.url.span, "clients sign in here",
                secondary: [
                    Label(keycloak.server.span, "this server is configured"),
                    Label(keycloak.realm.span, "and this realm"),
                ],
                help: "write `\(expected)`, or correct `targets.keycloak`")
        ]
    }

    /// The issuer of the realm on the host that is written, with the path before `/realms/` that is.
    private static func issuer(_ url: IssuerURL, _ realm: String) -> String {
        let parts = url.path.split(separator: "/", omittingEmptySubsequences: false)
        let before = parts.firstIndex(of: "realms").map { parts[..<$0].joined(separator: "/") } ?? ""
        return url.origin + before + realm
    }
}
