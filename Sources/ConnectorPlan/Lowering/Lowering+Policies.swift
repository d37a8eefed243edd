import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

extension Lowering {
    var tokens: RuntimeConfig.Tokens {
        typealias Default = TokensSection.Default
        let section = spec.issuer.tokens
        let access = (section?.accessLifetime?.value ?? Default.accessLifetime).seconds
        let refresh = (section?.refreshLifetime?.value ?? Default.refreshLifetime).seconds
        return RuntimeConfig.Tokens(
            format: section?.format?.value ?? Default.format, accessLifetime: access, refreshLifetime: refresh,
            grantLifetime: section?.grantLifetime?.value.seconds
                ?? max(Default.grantLifetime.seconds, access, refresh))
    }

    var limits: RuntimeConfig.Limits {
        typealias Default = LimitsSection.Default
        let section = spec.issuer.limits
        return RuntimeConfig.Limits(
            registrations: (section?.registrations?.value ?? Default.registrations).runtime,
            authorizations: (section?.authorizations?.value ?? Default.authorizations).runtime,
            tokenRequests: (section?.tokenRequests?.value ?? Default.tokenRequests).runtime,
            unusedClients: (section?.unusedClients?.value ?? Default.unusedClients).number,
            pendingAuthorizations: (section?.pendingAuthorizations?.value ?? Default.pendingAuthorizations).number)
    }

    /// Signatures are accepted where there can be clients that sign: with documents, or predefined ones.
    func assertions(_ lanes: [RegistrationMethod]) -> ClientAssertions {
        let hasSigners = lanes.contains(.cimd) || spec.clients.contains { $0.authMethod?.value == .privateKeyJWT }
        guard hasSigners else { return .refused }
        return spec.issuer.clientDocuments?.assertions?.value ?? ClientDocumentsSection.Default.assertions
    }

    func clientDocuments(_ issuer: IssuerPlan) -> RuntimeConfig.ClientDocuments {
        let section = spec.issuer.clientDocuments
        return RuntimeConfig.ClientDocuments(
            hosts: section?.hosts.map(\.value.text) ?? [], assertions: issuer.assertions,
            audience: section?.audience?.value ?? ClientDocumentsSection.Default.audience)
    }

    /// A service token opens the connector's own resource, none of its aliases.
    func serviceTokens(_ resources: [ResourcePlan]) -> [RuntimeConfig.ServiceToken] {
        var tokens: [RuntimeConfig.ServiceToken] = []
        for (section, resource) in zip(spec.connectors, resources.filter { !$0.isAlias }) {
            for token in section.serviceTokens {
                let label = token.label.value.text
                tokens.append(
                    RuntimeConfig.ServiceToken(
                        label: label, token: token.token.value.runtime, subject: token.subject?.value ?? label,
                        resource: resource.resource, scopes: token.scopes?.map(\.value.text) ?? resource.scopes))
            }
        }
        return tokens
    }

    func domainProofs(_ resources: [ResourcePlan]) -> [RuntimeConfig.DomainProof] {
        var seen: Set<String> = []
        return resources.compactMap { resource in
            guard let proof = resource.openAIAppsChallenge, seen.insert(resource.host).inserted else { return nil }
            return RuntimeConfig.DomainProof(
                host: resource.host, path: WellKnown.openAIAppsChallenge, text: proof.value.text)
        }
    }

    // MARK: what does not fit together

    mutating func checkPolicies() {
        checkLifetimes()
        checkKey()
        checkClientScopes()
        checkServiceTokens()
        checkAdmissions()
    }

    private mutating func checkLifetimes() {
        guard let section = spec.issuer.tokens, let grant = section.grantLifetime else { return }
        let others = [("access_lifetime", section.accessLifetime), ("refresh_lifetime", section.refreshLifetime)]
        for (name, lifetime) in others {
            guard let lifetime, lifetime.value.seconds > grant.value.seconds else { continue }
            report(
                .lifetimesCross, "issuer.tokens.\(name) is longer than issuer.tokens.grant_lifetime",
                at: lifetime.span, "never lasts that long", secondary: [Label(grant.span, "ends every token")],
                help: "write \(grant.value.text) or less, or a longer grant_lifetime")
        }
    }

    /// Several nodes have to share one key; a single one keeps its own beside its store.
    private mutating func checkKey() {
        guard let store = spec.issuer.store, case .postgres = store.value, spec.issuer.key == nil else { return }
        report(
            .serverKeyMissing, "issuer.store is postgres and issuer.key is missing", at: store.span,
            "several nodes have to share one key", help: "add issuer.key: { env: CONNECTORGEN_KEY }")
    }

    private mutating func checkClientScopes() {
        guard spec.clients.contains(where: { $0.scopes != nil }) else { return }
        var known: Set<String> = [Default.offlineAccess, "openid", "email"]
        for connector in spec.connectors { known.formUnion(effectiveScopes(of: connector)) }
        for scope in spec.clients.flatMap({ $0.scopes ?? [] }) where !known.contains(scope.value.text) {
            reportUnknownScope(scope, known: known.sorted(), "no connector has this scope")
        }
    }

    private mutating func checkServiceTokens() {
        var first: [String: Span] = [:]
        var values: [ServiceTokenSection.Token: Span] = [:]
        for connector in spec.connectors where !connector.serviceTokens.isEmpty {
            let scopes = effectiveScopes(of: connector)
            for token in connector.serviceTokens {
                if let earlier = first.updateValue(token.label.span, forKey: token.label.value.text) {
                    report(
                        .serviceTokenTwice, "two service tokens have the label `\(token.label.value.text)`",
                        at: token.label.span, secondary: [Label(earlier, "first given here")],
                        help: "give each a label of its own: logs name them by it")
                }
                if let earlier = values.updateValue(token.token.span, forKey: token.token.value) {
                    report(
                        .serviceTokenTwice, "two service tokens have the same value", at: token.token.span,
                        secondary: [Label(earlier, "first given here")],
                        help: "make one for each: the server knows who comes by it")
                }
                for scope in token.scopes ?? [] where !scopes.contains(scope.value.text) {
                    reportUnknownScope(
                        scope, known: scopes, "connectors.\(connector.name.value.text) has no such scope")
                }
            }
        }
    }

    mutating func reportUnknownScope(_ scope: Located<ScopeToken>, known: [String], _ label: String) {
        report(
            .unknownScope, "unknown scope `\(scope.value.text)`", at: scope.span, label,
            notes: known.isEmpty ? [] : ["known: \(known.joined(separator: ", "))"],
            help: Suggestion.nearest(to: scope.value.text, in: known).map { "did you mean `\($0)`?" }
                ?? "add it to the connector's scopes, or remove it here")
    }
}

extension Quota {
    fileprivate var runtime: Rate { Rate(requests: requests, seconds: seconds) }
}

extension ServiceTokenSection.Token {
    fileprivate var runtime: RuntimeConfig.ServiceToken.Token {
        switch self {
        case .digest(let digest): .sha256(digest.text)
        case .secret(let reference): .secret(reference)
        }
    }
}
