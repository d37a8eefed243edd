import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import RuntimeConfig

/// Tags the values of the runtime config with the places of the spec that they come from.
///
/// The switches name every member, so that a new one does not compile before it is said where it comes from.
struct RuntimeOrigins {
    var table = OriginTable()
    private let plan: DeploymentPlan
    let issuer: IssuerSection

    init(of plan: DeploymentPlan) {
        self.plan = plan
        issuer = plan.spec.issuer
    }

    /// The whole file; what has no value of the spec in it carries no tag.
    mutating func tagged(_ file: JSON) -> JSON {
        file.mapMembers(of: RootKey.self) { key, value in member(key, value) }
    }

    private mutating func member(_ key: RootKey, _ value: JSON) -> JSON {
        switch key {
        case .comment, .schemaVersion: value
        case .name: table.json(value, from: plan.$name.origins)
        case .mode: table.json(value, from: plan.issuer.$mode.origins)
        case .issuer: table.json(value, from: plan.issuer.$url.origins)
        case .listen: table.json(value, from: plan.issuer.$listen.origins)
        case .privateListen: table.json(value, from: plan.issuer.$privateListen.origins)
        case .trustedProxies: setting(list(value, from: issuer.trustedProxies.map { [$0.span] }))
        case .key: table.json(value, from: plan.policies.$key.origins)
        case .resources: setting(value.mapElements { resource($0, $1) })
        case .endpoints: setting(value.mapElements { endpoint($0, $1) })
        case .documents: setting(documents(value))
        case .authMethods, .scopes: setting(value)
        case .openID: setting(value, issuer.openid?.span)
        case .registrationMethods: table.json(value, from: plan.issuer.$registrationMethods.origins)
        case .dcr: table.json(value, from: plan.issuer.$dcr.origins)
        case .clients: setting(clients(value))
        case .redirects: setting(list(value, from: plan.redirects.map(\.origins)))
        case .trustedHosts: setting(list(value, from: plan.trustedHosts.map(\.origins)))
        case .clientURIHosts: setting(list(value, from: plan.clientURIHosts.map(\.origins)))
        case .enforceClientURIHosts: table.json(value, from: plan.policies.$enforceClientURIHosts.origins)
        case .clientDocuments: clientDocuments(value)
        case .legacyAliases: setting(legacyAliases(value))
        case .login: login(value)
        case .users: setting(value, issuer.users?.span)
        case .onPasswordChange: setting(value, issuer.onPasswordChange?.span)
        case .store: setting(value, issuer.store?.span)
        case .tokens: tokens(value)
        case .limits: limits(value)
        case .serviceTokens: setting(serviceTokens(value))
        case .domainProofs: setting(domainProofs(value))
        case .verification: verification(value)
        }
    }

    /// A setting of the issuer; where it is not written its section stands for it.
    private mutating func setting(_ value: JSON, _ span: Span? = nil) -> JSON {
        table.json(value, from: span ?? issuer.span)
    }

    /// An array whose elements come from places of their own.
    private mutating func list(_ value: JSON, from origins: [[Span]]) -> JSON {
        value.mapElements { table.json($1, from: origins[$0]) }
    }

    // MARK: Resources, endpoints, documents

    private mutating func resource(_ index: Int, _ value: JSON) -> JSON {
        let resource = plan.resources[index]
        let section = plan.spec.connectors[resource.sectionIndex]
        let members = value.mapMembers(of: ResourceKey.self) { key, value in
            switch key {
            case .name, .resource, .equivalentIdentifiers, .metadataURL: value
            case .scopes: table.json(value, from: resource.$scopes.writtenOrigins)
            case .clientID: table.json(value, from: resource.$clientID.origins)
            case .allowedOrigins: table.json(value, from: resource.$allowedOrigins.writtenOrigins)
            case .audiences: list(value, from: section.audiences.map { [$0.span] })
            case .admissions: list(value, from: section.admissions.map(\.spans))
            case .passedPrefixes: list(value, from: (section.bearer?.pass ?? []).map { [$0.span] })
            }
        }
        let identity = [section.resource?.span, section.rootPRM?.span].compactMap(\.self)
        return table.json(members, from: resource.$publicURL.origins + resource.$connector.origins + identity)
    }

    private mutating func endpoint(_ index: Int, _ value: JSON) -> JSON {
        // The path alone: that of the issuer's URL where none is written.
        let derived = plan.issuer.endpoints.derived[plan.runtime.endpoints[index].name]
        return table.json(value, from: derived?.origins.first)
    }

    private mutating func documents(_ value: JSON) -> JSON {
        var byTag: [String: [Span]] = [:]
        for document in plan.documents where byTag[document.etag] == nil { byTag[document.etag] = document.origins }
        let places = placesOfShared()
        return value.mapElements { index, value in
            let document = plan.runtime.documents[index]
            let members =
                document.locations.count == 1
                ? value
                : value.mapMembers(of: DocumentKey.self) { key, value in
                    switch key {
                    case .kind, .etag, .body: value
                    case .locations: list(value, from: document.locations.map { places[$0] ?? [] })
                    }
                }
            return table.json(members, from: byTag[document.etag] ?? [issuer.url.span])
        }
    }

    /// Where the locations come from of documents that have several.
    private func placesOfShared() -> [RuntimeConfig.Document.Location: [Span]] {
        let shared = Set(plan.runtime.documents.filter { $0.locations.count > 1 }.map(\.etag))
        var places: [RuntimeConfig.Document.Location: [Span]] = [:]
        guard !shared.isEmpty else { return places }
        for document in plan.documents where shared.contains(document.etag) {
            let place = RuntimeConfig.Document.Location(host: document.host, path: document.path)
            if places[place] == nil { places[place] = document.origins }
        }
        return places
    }

    // MARK: Clients

    private mutating func clients(_ value: JSON) -> JSON {
        let known = plan.clients.indices.filter { plan.clients[$0].id != nil }
        return value.mapElements { client(known[$0], $1) }
    }

    /// The clients of the spec come first; of one that a connector advertises there is nothing more.
    private mutating func client(_ index: Int, _ value: JSON) -> JSON {
        let client = plan.clients[index]
        guard index < plan.spec.clients.count else { return table.json(value, from: client.origins) }
        let section = plan.spec.clients[index]
        let members = value.mapMembers(of: ClientKey.self) { key, value in
            switch key {
            case .id, .label: value
            case .status: table.json(value, from: section.status?.span)
            case .authMethods: table.json(value, from: section.authMethod?.span)
            case .secret: table.json(value, from: section.secret?.span)
            case .keysURL: table.json(value, from: section.keysURL?.span)
            case .scopes: table.json(value, from: (section.scopes ?? []).map(\.span))
            case .allowIntrospection: table.json(value, from: section.allowIntrospection?.span)
            case .redirects: list(value, from: client.redirects.map(\.origins))
            }
        }
        return table.json(members, from: client.origins)
    }

    private mutating func clientDocuments(_ value: JSON) -> JSON {
        let section = issuer.clientDocuments
        let members = value.mapMembers(of: ClientDocumentsKey.self) { key, value in
            switch key {
            case .hosts: list(value, from: plan.policies.$documentHosts.writtenOrigins.map { [$0] })
            case .assertions: table.json(value, from: plan.issuer.$assertions.writtenOrigins)
            case .audience: table.json(value, from: plan.policies.$assertionAudience.writtenOrigins)
            }
        }
        return setting(members, section?.span)
    }

    private mutating func legacyAliases(_ value: JSON) -> JSON {
        let aliases = plan.resources.flatMap(\.legacyAliases)
        return value.mapElements { index, value in
            let alias = aliases[index]
            let members = value.mapMembers(of: AliasKey.self) { key, value in
                switch key {
                case .path, .endpoint, .sunset: value
                case .defaultClient: table.json(value, from: alias.defaultClient?.span)
                }
            }
            return table.json(members, from: alias.origins)
        }
    }

    // MARK: The issuer's sections

    private mutating func login(_ value: JSON) -> JSON {
        guard let section = issuer.login, let login = plan.login else { return value }
        let members = value.mapMembers(of: LoginKey.self) { key, value in
            switch key {
            case .provider: table.json(value, from: login.$provider.origins)
            case .issuer: table.json(value, from: login.$issuer.origins)
            case .clientID: table.json(value, from: login.$clientID.origins)
            case .clientSecret: table.json(value, from: login.$clientSecret.origins)
            case .scopes: table.json(value, from: login.$scopes.writtenOrigins)
            case .authMethod: table.json(value, from: section.authMethod?.span)
            case .subject: table.json(value, from: section.subject?.span)
            case .subjects:
                value.mapElements { index, value in table.json(value, from: section.subjects[index].value.span) }
            case .allow: value.mapElements { index, value in table.json(value, from: section.allow[index].span) }
            // A provider may need more than are written.
            case .parameters:
                value.mapElements { index, value in
                    table.json(
                        value, from: index < section.parameters.count ? section.parameters[index].value.span : nil)
                }
            case .issuerSpellings, .renewalPrompt: table.json(value, from: login.$provider.origins)
            case .userAPI: userAPI(value, section.userAPI)
            }
        }
        return table.json(members, from: section.span)
    }

    private mutating func userAPI(_ value: JSON, _ section: UserAPISection?) -> JSON {
        let members = value.mapMembers(of: UserAPIKey.self) { key, value in
            switch key {
            case .authorizationEndpoint: table.json(value, from: section?.authorizationEndpoint.span)
            case .tokenEndpoint: table.json(value, from: section?.tokenEndpoint.span)
            case .user: table.json(value, from: section?.user.span)
            case .emails: table.json(value, from: section?.emails?.span)
            case .organizations: table.json(value, from: section?.organizations?.span)
            }
        }
        return setting(members, section?.span)
    }

    private mutating func tokens(_ value: JSON) -> JSON {
        let policies = plan.policies
        let members = value.mapMembers(of: TokensKey.self) { key, value in
            switch key {
            case .format: table.json(value, from: policies.$tokenFormat.writtenOrigins)
            case .accessLifetime: table.json(value, from: policies.$accessLifetime.writtenOrigins)
            case .refreshLifetime: table.json(value, from: policies.$refreshLifetime.writtenOrigins)
            case .grantLifetime: table.json(value, from: policies.$grantLifetime.writtenOrigins)
            }
        }
        return setting(members, issuer.tokens?.span)
    }

    private mutating func limits(_ value: JSON) -> JSON {
        let policies = plan.policies
        let members = value.mapMembers(of: LimitsKey.self) { key, value in
            switch key {
            case .registrations: table.json(value, from: policies.$registrations.writtenOrigins)
            case .authorizations: table.json(value, from: policies.$authorizations.writtenOrigins)
            case .tokenRequests: table.json(value, from: policies.$tokenRequests.writtenOrigins)
            case .unusedClients: table.json(value, from: policies.$unusedClients.writtenOrigins)
            case .pendingAuthorizations: table.json(value, from: policies.$pendingAuthorizations.writtenOrigins)
            }
        }
        return setting(members, issuer.limits?.span)
    }

    // MARK: Tokens and proofs of connectors

    private mutating func serviceTokens(_ value: JSON) -> JSON {
        let tokens = plan.spec.connectors.flatMap { section in section.serviceTokens.map { (section, $0) } }
        return value.mapElements { index, value in
            let (section, token) = tokens[index]
            let members = value.mapMembers(of: ServiceTokenKey.self) { key, value in
                switch key {
                case .label: table.json(value, from: token.label.span)
                case .token: table.json(value, from: token.token.span)
                case .subject: table.json(value, from: token.subject?.span ?? token.label.span)
                case .resource: table.json(value, from: section.resource?.span ?? section.publicURL.span)
                case .scopes: table.json(value, from: (token.scopes ?? section.scopes).map(\.span))
                }
            }
            return table.json(members, from: token.span)
        }
    }

    private mutating func domainProofs(_ value: JSON) -> JSON {
        value.mapElements { index, value in
            let host = plan.runtime.domainProofs[index].host
            let resource = plan.resources.first { $0.host == host && $0.openAIAppsChallenge != nil }
            let members = value.mapMembers(of: DomainProofKey.self) { key, value in
                switch key {
                case .path, .text: value
                case .host: table.json(value, from: resource?.$publicURL.origins ?? [])
                }
            }
            return table.json(members, from: resource?.openAIAppsChallenge?.span ?? issuer.span)
        }
    }
}
