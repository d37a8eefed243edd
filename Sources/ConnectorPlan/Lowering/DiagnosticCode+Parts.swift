package import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    /// The parts of the spec from whose silence an error of planning concludes. While one of them has an error of its
    /// own, what it does not say may be written there, and the error is not reported; the others are.
    package var partsConcludedFrom: Set<SpecPart> {
        switch self {
        case .rootMetadataShared, .hostAddressedTwice, .keycloakScopeShared, .keycloakOwnName,
            .keycloakRedirectUnrepresentable, .lifetimesCross, .serviceTokenTwice, .unknownPlanKey:
            []
        case .loginMissing, .serverKeyMissing, .registrationContradiction, .routeCollision: [.issuer]
        case .unknownScope, .unknownConnector: [.connectors]
        case .pm2FileUnstartable: [.targets]
        case .connectorUnnamed: [.connectors, .targets]
        default: Set(SpecPart.allCases)
        }
    }
}
