package import Diagnostics

// What planning can find: URLs that do not fit together (250 to 299), routes that answer the same URL
// (400 to 449), and lanes or hosts by which nobody can come in (500 to 519).
extension DiagnosticCode {
    package static let resourceElsewhere = DiagnosticCode(250, "resource-elsewhere")
    package static let rootMetadataShared = DiagnosticCode(251, "root-metadata-shared")
    package static let rootMetadataOfResource = DiagnosticCode(252, "root-metadata-of-resource")
    package static let hostAddressedTwice = DiagnosticCode(253, "host-addressed-twice")
    package static let offlineAccessInScopes = DiagnosticCode(254, "offline-access-in-scopes")
    package static let endpointNotServed = DiagnosticCode(255, "endpoint-not-served")
    package static let advertisedClientAmbiguous = DiagnosticCode(256, "advertised-client-ambiguous")
    package static let companionIssues = DiagnosticCode(257, "companion-issues-nothing")
    package static let loginMissing = DiagnosticCode(258, "login-missing")
    package static let keycloakScopeShared = DiagnosticCode(259, "keycloak-scope-shared")
    package static let unknownPlanKey = DiagnosticCode(280, "unknown-plan-key")
    package static let planKeyWithoutValue = DiagnosticCode(281, "plan-key-without-value")
    package static let connectorUnnamed = DiagnosticCode(282, "connector-unnamed")
    package static let unknownConnector = DiagnosticCode(284, "unknown-connector")

    package static let routeCollision = DiagnosticCode(410, "route-collision")
    package static let originFallbackOccupied = DiagnosticCode(411, "origin-fallback-occupied")
    package static let aliasOfNothing = DiagnosticCode(412, "alias-of-nothing")
    package static let externalMetadataUnmapped = DiagnosticCode(413, "external-metadata-unmapped")

    package static let laneContradiction = DiagnosticCode(505, "lane-contradiction")
    package static let noUsableLane = DiagnosticCode(506, "no-usable-lane")
    package static let staticClientMissing = DiagnosticCode(508, "static-client-missing")
    package static let hostNotServed = DiagnosticCode(510, "host-not-served")
    package static let serverNameUnused = DiagnosticCode(511, "server-name-unused")
}
