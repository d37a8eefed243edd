import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

extension Lowering {
    /// What `connectorgen-auth` reads: the same bytes that every other output has.
    func runtimeConfig(
        issuer: IssuerPlan, login: LoginPlan?, policies: PolicyPlan, resources: [ResourcePlan],
        documents: [MetadataDocument], clients: [ClientPlan], redirects: [RedirectRule],
        trustedHosts: [TrustedHost], clientURIHosts: [TrustedHost]
    ) -> RuntimeConfig {
        RuntimeConfig(
            name: spec.name.value.text, mode: issuer.mode, issuer: issuer.url, listen: issuer.listen,
            privateListen: issuer.privateListen, resources: resources.map(\.runtime),
            endpoints: EndpointName.allCases.compactMap { name in
                issuer.endpointPaths[name].map { RuntimeConfig.Endpoint(name: name, path: $0) }
            },
            documents: Self.grouped(documents), authMethods: issuer.authMethods,
            scopes: generalScopes(issuer, resources),
            openID: issuer.isBundled && (spec.issuer.openid?.value ?? IssuerSection.Default.openid),
            registrationMethods: issuer.registrationMethods, dcr: issuer.dcr,
            clients: runtimeClients(clients, shared: redirects), redirects: redirects.map(\.runtime),
            trustedHosts: trustedHosts.map(\.pattern),
            legacyAliases: resources.flatMap(\.legacyAliases).map { alias in
                RuntimeConfig.Alias(
                    path: alias.path, endpoint: alias.endpoint, sunset: alias.sunset,
                    defaultClient: alias.defaultClient?.value.text)
            },
            login: issuer.mode == .upstream ? login.map { runtimeLogin($0) } : nil,
            users: issuer.mode == .local ? spec.issuer.users?.value : nil,
            onPasswordChange: spec.issuer.onPasswordChange?.value ?? IssuerSection.Default.onPasswordChange,
            store: issuer.isBundled ? store : nil,
            tokens: policies.tokens, key: policies.key, clientURIHosts: clientURIHosts.map(\.pattern),
            enforceClientURIHosts: policies.enforceClientURIHosts,
            clientDocuments: RuntimeConfig.ClientDocuments(
                hosts: policies.documentHosts, assertions: issuer.assertions, audience: policies.assertionAudience),
            limits: policies.limits, serviceTokens: serviceTokens(resources),
            domainProofs: domainProofs(resources), trustedProxies: spec.issuer.trustedProxies.map(\.value),
            verification: verification(issuer))
    }

    /// Those of the documents that belong to no resource.
    private func generalScopes(_ issuer: IssuerPlan, _ resources: [ResourcePlan]) -> [String] {
        let ofResources = Set(resources.flatMap(\.scopes))
        return issuer.scopesSupported.filter { !ofResources.contains($0) }
    }

    /// A store of one's own for each deployment, so that two on one machine do not meet.
    private var store: RuntimeConfig.Store {
        switch spec.issuer.store?.value {
        case .sqlite(let path): .sqlite(path: path)
        case .postgres(let reference): .postgres(reference)
        case nil: .sqlite(path: "/var/lib/connectorgen/\(spec.name.value.text).db")
        }
    }

    /// A document once, with all the places it is served from.
    private static func grouped(_ documents: [MetadataDocument]) -> [RuntimeConfig.Document] {
        struct Key: Hashable {
            let kind: DocumentKind
            let etag: String
        }
        var grouped: [RuntimeConfig.Document] = []
        grouped.reserveCapacity(documents.count)
        var indexByKey: [Key: Int] = [:]
        var places: Set<RuntimeConfig.Document.Location> = []
        for document in documents {
            let place = RuntimeConfig.Document.Location(host: document.host, path: document.path)
            guard places.insert(place).inserted else { continue }
            let key = Key(kind: document.kind, etag: document.etag)
            if let index = indexByKey[key] {
                grouped[index].locations.append(place)
            } else {
                indexByKey[key] = grouped.count
                grouped.append(
                    RuntimeConfig.Document(
                        kind: document.kind, body: document.body, etag: document.etag, locations: [place]))
            }
        }
        return grouped
    }

    /// Predefined clients. One that shares the deployment's redirects carries none of its own, which means just that:
    /// ten thousand connectors do not repeat one list.
    private func runtimeClients(_ clients: [ClientPlan], shared: [RedirectRule]) -> [RuntimeConfig.Client] {
        clients.enumerated().compactMap { index, client in
            guard let id = client.id else { return nil }
            let hasOwn =
                index < spec.clients.count
                && (!spec.clients[index].redirectURIs.isEmpty || spec.clients[index].profile != nil)
            return RuntimeConfig.Client(
                id: id, label: client.label, status: client.status, authMethods: client.authMethods,
                secret: client.secret, redirects: hasOwn ? client.redirects.map(\.runtime) : [],
                keysURL: client.keysURL, scopes: client.scopes, allowIntrospection: client.allowIntrospection)
        }
    }
}

extension ResourcePlan {
    fileprivate var runtime: RuntimeConfig.Resource {
        RuntimeConfig.Resource(
            name: connector, resource: resource, metadataURL: metadataURL, scopes: scopes, clientID: clientID,
            allowedOrigins: allowedOrigins, equivalentIdentifiers: equivalentIdentifiers, audiences: audiences,
            admissions: admissions,
            passedPrefixes: passedPrefixes)
    }
}

extension Lowering {
    /// What a provider needs and a spec need not say.
    private func runtimeLogin(_ login: LoginPlan) -> RuntimeConfig.Login {
        let section = spec.issuer.login
        let known = ProviderCatalogue.builtin.login(at: login.provider)
        var parameters = Self.parameters(section?.parameters ?? [])
        let named = Set(parameters.map(\.name))
        for (name, value) in known?.parameters ?? [] where !named.contains(name) {
            parameters.append(RuntimeConfig.Login.Parameter(name: name, value: value))
        }
        return RuntimeConfig.Login(
            provider: login.provider, issuer: login.issuer, clientID: login.clientID,
            clientSecret: login.clientSecret, scopes: login.scopes, parameters: parameters,
            authMethod: section?.authMethod?.value ?? known?.authMethod,
            subject: section?.subject?.value ?? known?.subject ?? LoginSection.Default.subject,
            subjects: Self.parameters(section?.subjects ?? []), allow: (section?.allow ?? []).map(Self.admission),
            issuerSpellings: known?.issuerSpellings ?? [], renewalPrompt: known?.renewalPrompt,
            userAPI: section?.userAPI.map(Self.userAPI) ?? known?.userAPI.map(Self.userAPI))
    }

    private static func userAPI(_ section: UserAPISection) -> RuntimeConfig.UserAPI {
        RuntimeConfig.UserAPI(
            authorizationEndpoint: section.authorizationEndpoint.value.text,
            tokenEndpoint: section.tokenEndpoint.value.text, user: section.user.value.text,
            emails: section.emails?.value.text, organizations: section.organizations?.value.text)
    }

    private static func userAPI(_ known: ProviderCatalogue.UserAPI) -> RuntimeConfig.UserAPI {
        RuntimeConfig.UserAPI(
            authorizationEndpoint: known.authorizationEndpoint, tokenEndpoint: known.tokenEndpoint, user: known.user,
            emails: known.emails, organizations: known.organizations)
    }

    private static func parameters(
        _ pairs: [(name: Located<String>, value: Located<String>)]
    ) -> [RuntimeConfig.Login.Parameter] {
        pairs.map { RuntimeConfig.Login.Parameter(name: $0.name.value, value: $0.value.value) }
    }

    private static func admission(_ way: LoginAdmissionSection) -> RuntimeConfig.LoginAdmission {
        RuntimeConfig.LoginAdmission(
            email: way.email?.value, domain: way.domain?.value,
            claims: claims(ofGroup: way.group, and: way.claims)
                + (way.organization.map {
                    [.init(name: LoginAdmissionSection.Default.organizationsClaim, value: $0.value)]
                } ?? []))
    }
}

extension PolicyPlan {
    fileprivate var tokens: RuntimeConfig.Tokens {
        RuntimeConfig.Tokens(
            format: tokenFormat, accessLifetime: accessLifetime, refreshLifetime: refreshLifetime,
            grantLifetime: grantLifetime)
    }

    fileprivate var limits: RuntimeConfig.Limits {
        RuntimeConfig.Limits(
            registrations: registrations, authorizations: authorizations, tokenRequests: tokenRequests,
            unusedClients: unusedClients, pendingAuthorizations: pendingAuthorizations)
    }
}

extension RedirectRule {
    fileprivate var runtime: RuntimeConfig.Redirect { RuntimeConfig.Redirect(uri: uri, match: match) }
}
