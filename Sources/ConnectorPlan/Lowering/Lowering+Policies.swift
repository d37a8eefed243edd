import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

extension Lowering {
    func policyPlan() -> PolicyPlan {
        let issuer = spec.issuer
        let (documents, tokens, limits) = (issuer.clientDocuments, issuer.tokens, issuer.limits)
        let hosts = documents?.hosts ?? []
        let documentHosts: Derived<[String]> =
            hosts.isEmpty
            ? Derived([], .default("every public host"), from: [issuer.span])
            : Derived(hosts.map(\.value.text), .written, from: hosts.map(\.span))
        let access = Derived(
            tokens?.accessLifetime, default: TokensSection.Default.accessLifetime, of: issuer.span, as: \.seconds)
        let refresh = Derived(
            tokens?.refreshLifetime, default: TokensSection.Default.refreshLifetime, of: issuer.span, as: \.seconds)
        let grant: Derived<Int> =
            tokens?.grantLifetime.map { Derived(written: $0.value.seconds, at: $0.span) }
            ?? Derived(
                max(TokensSection.Default.grantLifetime.seconds, access.value, refresh.value), .default,
                from: [issuer.span])
        return PolicyPlan(
            enforceClientURIHosts: Derived(
                issuer.enforceClientURIHosts, default: IssuerSection.Default.enforceClientURIHosts, of: issuer.span),
            documentHosts: documentHosts,
            assertionAudience: Derived(
                documents?.audience, default: ClientDocumentsSection.Default.audience, of: issuer.span),
            key: Derived(issuer.key?.value, .written, from: [issuer.key?.span ?? issuer.span]),
            tokenFormat: Derived(tokens?.format, default: TokensSection.Default.format, of: issuer.span),
            accessLifetime: access, refreshLifetime: refresh,
            grantLifetime: grant,
            registrations: rate(limits?.registrations, LimitsSection.Default.registrations),
            authorizations: rate(limits?.authorizations, LimitsSection.Default.authorizations),
            tokenRequests: rate(limits?.tokenRequests, LimitsSection.Default.tokenRequests),
            unusedClients: Derived(
                limits?.unusedClients, default: LimitsSection.Default.unusedClients, of: issuer.span, as: \.number),
            pendingAuthorizations: Derived(
                limits?.pendingAuthorizations, default: LimitsSection.Default.pendingAuthorizations,
                of: issuer.span, as: \.number))
    }

    private func rate(_ written: Located<Quota>?, _ standard: Quota) -> Derived<Rate> {
        Derived(written, default: standard, of: spec.issuer.span, as: \.runtime)
    }

    /// Signatures are accepted where there can be clients that sign: with documents, or predefined ones.
    func assertions(_ registrationMethods: [RegistrationMethod], isBundled: Bool) -> Derived<ClientAssertions> {
        let written = spec.issuer.clientDocuments?.assertions
        let hasSigners =
            registrationMethods.contains(.cimd) || spec.clients.contains { $0.authMethod?.value == .privateKeyJWT }
        guard isBundled, hasSigners else {
            guard let written else {
                return Derived(
                    .refused, .default("accepted where the registration method cimd is offered"),
                    from: [spec.issuer.span])
            }
            return Derived(
                .refused, "issuer.registration and clients: nobody could sign, so that none is accepted",
                from: [written.span])
        }
        return Derived(
            written, default: ClientDocumentsSection.Default.assertions,
            .default("accepted where the registration method cimd is offered"), of: spec.issuer.span)
    }

    func loginPlan(_ section: LoginSection) -> LoginPlan {
        let issuer = Derived(written: section.issuer.value.text, at: section.issuer.span)
        return LoginPlan(
            provider: Derived(written: section.provider.value, at: section.provider.span), issuer: issuer,
            origin: issuer.map("issuer.login.issuer: without its path") { _ in section.issuer.value.origin },
            clientID: Derived(written: section.clientID.value.text, at: section.clientID.span),
            clientSecret: Derived(
                section.clientSecret?.value, .written, from: section.clientSecret.map { [$0.span] } ?? []),
            scopes: Derived(
                section.scopes?.map(\.value.text)
                    ?? ProviderCatalogue.builtin.login(at: section.provider.value)?.scopes ?? [],
                section.scopes == nil ? .default("the provider's") : .written,
                from: section.scopes?.map(\.span) ?? [section.span]))
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
