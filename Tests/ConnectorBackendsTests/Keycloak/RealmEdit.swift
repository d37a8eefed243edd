import ConnectorBackends
import JSONSyntax
import Testing

/// What people do to a realm by hand, to things that are ours or that we need.
enum RealmEdit: String, CaseIterable {
    case clientAudience, audienceOff, mapperGone, mapperMore, scopeHidden, scopeGone, scopeOptional, scopeUnlisted
    case clientOff, clientRights, clientRedirects, clientAttributes, clientConfidential, clientMapper, clientUnscoped
    case clientGone, resourceElsewhere, resourceGone
    case defaultsForbidden, hostsGone, senderChecked, policyGone, scopePolicyGone, pkceGone

    func apply(to realm: RealRealm) async throws {
        switch self {
        case .clientAudience:
            try await mapper(realm) { $0.setting("config", "included.client.audience", to: "account") }
        case .audienceOff: try await mapper(realm) { $0.setting("config", "access.token.claim", to: "false") }
        case .mapperGone:
            let (path, mapper) = try await audienceMapper(realm)
            try await realm.call("delete", "\(path)/\(id(mapper))")
        case .mapperMore:
            let (path, mapper) = try await audienceMapper(realm)
            try await realm.call("create", path, body: mapper.setting("name", to: "more").setting("id", to: .null))
        case .scopeHidden:
            let scope = try await realm.scope("mcp.search")
            try await realm.call(
                "update", "client-scopes/\(id(scope))",
                body: scope.setting("attributes", "include.in.token.scope", to: "false")
                    .setting("attributes", "theirs", to: "x"))
        case .scopeGone: try await realm.call("delete", "client-scopes/\(id(realm.scope("mcp.search")))")
        case .scopeOptional:
            let scope = try await id(realm.scope("mcp.search"))
            try await realm.call("delete", "default-default-client-scopes/\(scope)")
            try await realm.call("update", "default-optional-client-scopes/\(scope)", "-n")
        case .scopeUnlisted:
            try await realm.call("delete", "default-default-client-scopes/\(id(realm.scope("mcp.search")))")
        case .clientOff: try await client(realm) { $0.setting("enabled", to: false) }
        case .clientRights:
            try await client(realm) {
                $0.setting("fullScopeAllowed", to: true).setting("consentRequired", to: false)
                    .setting("directAccessGrantsEnabled", to: true)
            }
        case .clientRedirects: try await client(realm) { $0.setting("redirectUris", to: ["*"]) }
        case .clientAttributes:
            try await client(realm) {
                $0.setting("attributes", "post.logout.redirect.uris", to: "*")
                    .setting("attributes", "pkce.code.challenge.method", to: "plain")
            }
        case .clientConfidential: try await client(realm) { $0.setting("publicClient", to: false) }
        case .clientMapper:
            let (_, mapper) = try await audienceMapper(realm)
            let client = try await realm.client("cid_search")
            try await realm.call(
                "create", "clients/\(id(client))/protocol-mappers/models",
                body: mapper.setting("name", to: "more").setting("id", to: .null))
        case .clientUnscoped:
            let (client, scope) = (try await realm.client("cid_search"), try await realm.scope("mcp.search"))
            try await realm.call("delete", "clients/\(id(client))/default-client-scopes/\(id(scope))")
            try await realm.call("update", "clients/\(id(client))/optional-client-scopes/\(id(scope))", "-n")
        case .clientGone: try await realm.call("delete", "clients/\(id(realm.client("cid_search")))")
        case .resourceElsewhere:
            try await client(realm, "connectorgen:farm:search") {
                $0.setting("attributes", "resource_url", to: "https://elsewhere.example.com")
            }
        case .resourceGone: try await realm.call("delete", "clients/\(id(realm.client("connectorgen:farm:search")))")
        case .defaultsForbidden:
            try await policy(realm, "allowed-client-templates") {
                $0.setting("config", "allow-default-scopes", to: ["false"])
            }
        case .hostsGone: try await policy(realm, "trusted-hosts") { $0.setting("config", "trusted-hosts", to: []) }
        case .senderChecked:
            try await policy(realm, "trusted-hosts") {
                $0.setting("config", "host-sending-registration-request-must-match", to: ["true"])
                    .setting("config", "client-uris-must-match", to: ["false"])
            }
        case .policyGone: try await realm.call("delete", "components/\(id(realm.policy("trusted-hosts")))")
        case .scopePolicyGone:
            try await realm.call("delete", "components/\(id(realm.policy("allowed-client-templates")))")
        case .pkceGone:
            try await realm.call("update", "client-policies/policies", body: ["policies": []])
            try await realm.call("update", "client-policies/profiles", body: ["profiles": []])
        }
    }

    private func id(_ object: JSON) -> String { object["id"]?.string ?? "" }

    private func audienceMapper(_ realm: RealRealm) async throws -> (path: String, mapper: JSON) {
        let scope = try await realm.scope("mcp.search")
        let mapper = try #require(scope["protocolMappers"]?.array?.first { $0["name"]?.string == "mcp-audience" })
        return ("client-scopes/\(id(scope))/protocol-mappers/models", mapper)
    }

    private func mapper(_ realm: RealRealm, _ change: (JSON) -> JSON) async throws {
        let (path, mapper) = try await audienceMapper(realm)
        try await realm.call("update", "\(path)/\(id(mapper))", body: change(mapper))
    }

    private func client(_ realm: RealRealm, _ name: String = "cid_search", _ change: (JSON) -> JSON) async throws {
        let client = try await realm.client(name)
        try await realm.call("update", "clients/\(id(client))", body: change(client))
    }

    private func policy(_ realm: RealRealm, _ provider: String, _ change: (JSON) -> JSON) async throws {
        let policy = try await realm.policy(provider)
        try await realm.call("update", "components/\(id(policy))", body: change(policy))
    }
}
