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
                top: "targets:\n  keycloak: { realm: mcp, server: https://auth.example.com, version: \"26.4\" }")
        ],
        passing: [
            RuleExample(
                issuer: "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store",
                top: "targets:\n  keycloak: { realm: mcp, server: https://auth.example.com, version: \"26.4\" }")
        ], references: ["M#50", "M#31"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value == .external,
            let keycloak = context.draft.targets.keycloak, issuer.url.value.path.contains("/realms/")
        else { return [] }
        let expected = "\(keycloak.server.value.text)/realms/\(keycloak.realm.value.text)"
        // A server that is administered under another address than clients use is no contradiction.
        guard issuer.url.value.text != expected, issuer.url.value.host == keycloak.server.value.host else { return [] }
        return [
            finding(
                "`issuer.url` is `\(issuer.url.value.text)` and the configured realm is `\(expected)`",
                at: issuer.url.span, "clients sign in here",
                secondary: [
                    Label(keycloak.server.span, "this server is configured"),
                    Label(keycloak.realm.span, "and this realm"),
                ],
                help: "write `\(expected)`, or correct `targets.keycloak`")
        ]
    }
}
