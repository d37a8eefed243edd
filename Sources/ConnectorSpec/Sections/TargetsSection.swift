package import Diagnostics

/// `targets:`, what is generated.
package struct TargetsSection: Sendable {
    package var nginx: NginxTarget?
    package var env: [EnvTarget]
    package var keycloak: KeycloakTarget?
    package var span: Span?
}

extension TargetsSection {
    static let keys = SectionKeys<Self>(
        "targets", "What is generated.",
        Key(
            "nginx", .section(NginxTarget.keys), .optional("none"), "nginx location blocks.",
            example: "{ version: \"1.22\", server_names: [mcp.example.com] }"),
        Key(
            "env", .list(.section(EnvTarget.keys)), .optional("none"), "Env files.",
            example: "[{ file: mcp.env, dialect: node, preset: connectorgen }]"),
        Key(
            "keycloak", .section(KeycloakTarget.keys), .optional("none"), "Scripts that configure a Keycloak realm.",
            example: "{ realm: mcp, server: https://auth.example.com, version: \"26.4\" }")
    ) { TargetsSection(nginx: $1, env: $2 ?? [], keycloak: $3, span: $0.span) }
}
