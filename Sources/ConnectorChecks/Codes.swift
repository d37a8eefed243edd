package import Diagnostics

/// What rules find; the numbers of a range follow the areas of ``DiagnosticCode``.
extension DiagnosticCode {
    package static let malformedSuppression = DiagnosticCode(120, "malformed-suppression")
    package static let unusedSuppression = DiagnosticCode(121, "unused-suppression")

    package static let ownIssuerSlash = DiagnosticCode(208, "own-issuer-slash")
    package static let resourceWithoutPath = DiagnosticCode(209, "resource-without-path")
    package static let tunnelHost = DiagnosticCode(210, "tunnel-host")
    package static let keycloakIssuerElsewhere = DiagnosticCode(211, "keycloak-issuer-elsewhere")

    package static let clientIDNull = DiagnosticCode(301, "client-id-null")
    package static let duplicateClientID = DiagnosticCode(305, "duplicate-client-id")
    package static let clientSecretUnused = DiagnosticCode(306, "client-secret-unused")
    package static let loopbackRedirectAlone = DiagnosticCode(309, "loopback-redirect-alone")

    package static let aliasUnderWellKnown = DiagnosticCode(406, "alias-under-well-known")

    package static let trustedHostMissing = DiagnosticCode(501, "trusted-host-missing")

    package static let duplicateOutputFile = DiagnosticCode(605, "duplicate-output-file")
    package static let authenticationSwitchedOff = DiagnosticCode(606, "authentication-switched-off")

    package static let volatileStore = DiagnosticCode(701, "volatile-store")
    package static let keycloakMasterRealm = DiagnosticCode(703, "keycloak-master-realm")
}
