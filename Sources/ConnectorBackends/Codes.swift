package import Diagnostics

// What turning a plan into files can find: values that nginx cannot express (930 to 949), and files that cannot
// stand together (950 to 969). The templates have 900 to 929.
extension DiagnosticCode {
    package static let nginxValueUnrepresentable = DiagnosticCode(930, "nginx-value-unrepresentable")
    package static let nginxDocumentUnrepresentable = DiagnosticCode(931, "nginx-document-unrepresentable")

    package static let unknownBackend = DiagnosticCode(950, "unknown-backend")
    package static let lockUnreadable = DiagnosticCode(951, "lock-unreadable")
    package static let provenanceMapUnreadable = DiagnosticCode(952, "provenance-map-unreadable")
    package static let artifactTwice = DiagnosticCode(953, "artifact-twice")

    // Env and secrets.
    package static let envValueUnrepresentable = DiagnosticCode(603, "env-value-unrepresentable")
    package static let secretValueMissing = DiagnosticCode(605, "secret-value-missing")
    package static let envVariableTwice = DiagnosticCode(606, "env-variable-twice")

    // Keycloak.
    package static let keycloakValueUnrepresentable = DiagnosticCode(960, "keycloak-value-unrepresentable")
    package static let keycloakTemporaryScope = DiagnosticCode(961, "keycloak-temporary-scope")
    package static let keycloakTrustedHostsMissing = DiagnosticCode(962, "keycloak-trusted-hosts-missing")
    package static let keycloakDefaultScopeIgnored = DiagnosticCode(963, "keycloak-default-scope-ignored")
}
