import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let keycloakMasterRealm = DiagnosticCode(
        703, "keycloak-master-realm",
        summary: "`targets.keycloak.realm` is `master`.",
        why:
            "The master realm administers all others. Anonymous registration in it puts clients of unauthenticated callers "
            + "beside the administrators.",
        remedy:
            "Make a realm of its own for the connectors; administrators may still sign in to `master` "
            + "(`admin_realm`).",
        securitySeverity: "7.2")
}

/// Connectors in Keycloak's administration realm.
struct KeycloakMasterRealmRule: Rule {
    let documentation = RuleDocumentation(
        .keycloakMasterRealm,
        failing: [
            RuleExample(
                top: "targets:\n  keycloak: { realm: ↓master, server: https://auth.example.com, version: \"26.4\" }")
        ],
        passing: [
            RuleExample(
                top: "targets:\n  keycloak:\n    { realm: mcp, admin_realm: master, server: https://auth.example.com, "
                    + "version: \"26.4\" }")
        ], references: ["R004-01"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let realm = context.draft.targets.keycloak?.realm, realm.value.text == "master" else { return [] }
        return [
            finding(
                "`targets.keycloak.realm` is `master`", at: realm.span, "the administration realm",
                help: "use a realm of its own, `mcp`")
        ]
    }
}
