package import Diagnostics

/// `targets:`, what is generated.
package struct TargetsSection: Sendable {
    package var nginx: NginxTarget?
    package var env: [EnvTarget]
    package var keycloak: KeycloakTarget?
    package var span: Span?
}
