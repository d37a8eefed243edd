import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

extension Lowering {
    /// How tokens of another issuer are verified; nil where this server issues them, or nothing is said.
    func verification(_ issuer: IssuerPlan) -> RuntimeConfig.Verification? {
        typealias Default = VerificationSection.Default
        guard !issuer.isBundled else { return nil }
        switch spec.issuer.verification {
        case .signed(let section)?:
            return .signed(
                RuntimeConfig.SignedTokens(
                    keys: keySource(section, issuer),
                    algorithms: section.algorithms?.map(\.value) ?? Default.algorithms,
                    types: section.types?.map(\.value) ?? Default.types,
                    leeway: (section.leeway?.value ?? Default.leeway).seconds,
                    staleKeys: (section.staleKeys?.value ?? Default.staleKeys).seconds))
        case .introspected(let section)?:
            return .introspected(
                RuntimeConfig.Introspection(
                    url: section.url.value.text, clientID: section.clientID.value.text,
                    clientSecret: section.clientSecret.value,
                    cache: (section.cache?.value ?? Default.cache).seconds,
                    leeway: (section.leeway?.value ?? Default.leeway).seconds))
        case nil: return nil
        }
    }

    /// What is written, or what is known of Keycloak, or what the issuer's documents name.
    private func keySource(_ section: SignedTokensSection, _ issuer: IssuerPlan) -> RuntimeConfig.KeySource {
        if let url = section.url { return .url(url.value.text) }
        return issuer.endpoints[.jwks].map { .url($0) } ?? .documents(documentsOfIssuer(issuer))
    }

    /// Where the issuer has its documents: below its own path, as OpenID Connect Discovery §4 has it, or with the path
    /// behind `.well-known` (RFC 8414 §3.1).
    private func documentsOfIssuer(_ issuer: IssuerPlan) -> [String] {
        let url = spec.issuer.url.value
        let path = url.path.withoutFinalSlash
        let below = [WellKnown.openIDConfiguration, .authorizationServer].map { url.origin + $0.appended(to: path) }
        return below + issuer.discoveryURLs.filter { !below.contains($0) }
    }

    func admissions(of section: ConnectorSection) -> [RuntimeConfig.Admission] {
        section.admissions.map { way in
            RuntimeConfig.Admission(
                subject: way.subject?.value, claims: Self.claims(ofGroup: way.group, and: way.claims),
                scopes: way.scope.map { [$0.value.text] } ?? [])
        }
    }

    /// The claim that has groups, and others.
    static func claims(
        ofGroup group: Located<String>?, and others: [(name: Located<String>, value: Located<String>)]
    ) -> [RuntimeConfig.Admission.Claim] {
        let groups = group.map { [(name: AdmissionSection.Default.groupsClaim, value: $0.value)] } ?? []
        return (groups + others.map { (name: $0.name.value, value: $0.value.value) }).map {
            RuntimeConfig.Admission.Claim(name: $0.name, value: $0.value)
        }
    }

    /// Of our own tokens every scope is known; what another issuer gives out is its own affair.
    mutating func checkAdmissions() {
        guard spec.issuer.mode.value != .external else { return }
        for connector in spec.connectors where !connector.admissions.isEmpty {
            let scopes = effectiveScopes(of: connector)
            for scope in connector.admissions.compactMap(\.scope) where !scopes.contains(scope.value.text) {
                reportUnknownScope(scope, known: scopes, "connectors.\(connector.name.value.text) has no such scope")
            }
        }
    }
}
