import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let keycloakVersionUnmeasured = DiagnosticCode(
        965, "keycloak-version-unmeasured", .note,
        summary: "`targets.keycloak.version` is newer than what the scripts were tried on.",
        why:
            "They were tried on 26.5.6 and 26.7.3. What a newer server changed is not known here; every write is read back, so "
            + "that a difference is seen and not assumed.",
        remedy: "Try it in a realm of its own first: `apply.sh`, `verify.sh`, `retire.sh`.")
}

/// A Keycloak that nobody tried.
struct KeycloakVersionUnmeasuredRule: Rule {
    /// The newest release that the tests ran on.
    private static let newest = SoftwareVersion(26, 7)

    let documentation = RuleDocumentation(
        .keycloakVersionUnmeasured,
        failing: [
            KeycloakVersionInsecureRule.example("↓\"26.8\""), KeycloakVersionInsecureRule.example("↓\"27.1\""),
        ], passing: [KeycloakVersionInsecureRule.example("\"26.7.9\"")], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let version = context.draft.targets.keycloak?.version,
            Self.newest.numbers.lexicographicallyPrecedes(version.value.numbers.prefix(2))
        else { return [] }
        return [
            finding(
                "Keycloak \(version.value.text) is newer than what the scripts were tried on (26.5.6 and 26.7.3)",
                at: version.span, help: "try it in a realm of its own first: apply.sh, verify.sh, retire.sh")
        ]
    }
}
