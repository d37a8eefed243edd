import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let keycloakAudienceShared = DiagnosticCode(
        966, "keycloak-audience-shared",
        summary: "`audience: every_client` in a realm of several connectors.",
        why:
            "The audience stands then in the scope that all clients of the realm keep: one token would be good for every "
            + "connector.",
        remedy: "Leave `audience` out, or give each connector a realm of its own.", securitySeverity: "6.5")
}

/// One token for all connectors of a realm.
struct KeycloakAudienceSharedRule: Rule {
    private static func example(_ audience: String, second: String = "") -> RuleExample {
        RuleExample(
            whole: """
                version: 1
                name: demo
                issuer:
                  url: https://auth.example.com/realms/mcp
                  mode: external
                  registration: [dcr]
                connectors:
                  one: { public_url: "https://one.example.com/mcp", upstream: "http://127.0.0.1:3930" }\(second)
                clients: [claude]
                targets:
                  keycloak:
                    { realm: mcp, server: "http://127.0.0.1:5050", version: "26.7", audience: \(audience) }
                """)
    }
    private static let second =
        "\n  two: { public_url: \"https://two.example.com/mcp\", upstream: \"http://127.0.0.1:3931\" }"

    let documentation = RuleDocumentation(
        .keycloakAudienceShared, isHard: true, failing: [Self.example("↓every_client", second: Self.second)],
        passing: [Self.example("every_client"), Self.example("scope", second: Self.second)], references: ["M#125"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let audience = context.draft.targets.keycloak?.audience, audience.value == .everyClient,
            context.draft.connectors.count > 1
        else { return [] }
        return [
            finding(
                "`audience: every_client` gives every client of the realm the audiences of \(context.draft.connectors.count) connectors",
                at: audience.span, "is for a realm of one connector",
                help: "leave `audience` out, or give each connector a realm of its own")
        ]
    }
}
