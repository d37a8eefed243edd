import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import OAuthModel
import WebSyntax

/// `keycloak/plan.json`: what a realm has to hold, in the shapes of Keycloak's own representations.
///
/// It is all that the scripts know of the spec; `realm.jq` compares it with an export of the realm. Values of a
/// component's config are lists of strings, booleans too; those of a mapper's are strings.
struct KeycloakPlanFile {
    let plan: KeycloakPlan
    private let issuer: String
    private let spec: Spec
    /// Where hosts, origins and scopes are written.
    private let written: [String: [Span]]
    var table = OriginTable()

    init(_ plan: KeycloakPlan, issuer: String, of spec: Spec) {
        self.plan = plan
        self.issuer = issuer
        self.spec = spec
        let origins = spec.connectors.flatMap(\.allowedOrigins).map { ($0.value.text, [$0.span]) }
        let hosts = plan.trustedHosts.map { ($0.pattern, $0.origins) }
        let scopes = plan.scopes.map { ($0.name, $0.$name.origins) }
        let names = (spec.targets.nginx?.serverNames ?? []).map { ($0.value.text, [$0.span]) }
        written = Dictionary(origins + hosts + scopes + names) { $0 + $1 }
    }

    /// Texts that stand in the spec as they are, each with its place.
    private mutating func list(_ texts: [String]) -> JSON {
        .array(texts.map { table.json(.string($0), from: written[$0] ?? []) })
    }

    mutating func artifact() -> Artifact {
        let printed = table.json(document(), from: plan.origins).printed()
        return Artifact(
            path: "keycloak/plan.json", mode: 0o644, bytes: printed.bytes, provenance: table.provenance(of: printed))
    }

    private mutating func document() -> JSON {
        let scopes = scopes()
        let clients = clients()
        let target = spec.targets.keycloak
        return [
            "deployment": .string(plan.deployment),
            "realm": table.json(.string(plan.realm), from: target?.realm.span),
            "server": table.json(.string(plan.server), from: target?.server.span),
            "issuer": table.json(.string(issuer), from: spec.issuer.url.span),
            "admin_realm": table.json(.string(plan.adminRealm), from: (target?.adminRealm ?? target?.realm)?.span),
            "admin_client": table.json(.string(plan.adminClient), from: target?.adminClient?.span),
            "version": table.json(.string(plan.version.text), from: target?.version.span),
            "dcr": .bool(plan.offersRegistration),
            "documents": .bool(plan.documents != nil),
            "offer": plan.defaultScope.map { .string($0.rawValue) } ?? .null,
            "connectors": .array(plan.connectors.map { .string($0) }),
            "scopes": .array(scopes),
            "clients": .array(clients),
            "policies": .array(policies()),
            "client_profiles": .array(clientProfiles()),
            "client_policies": .array(clientPolicies()),
            "every_client": .array(everyClient()),
            "hidden": .array(plan.tolerateAllScopes ? ["service_account"] : []),
            "own_hosts": .object(
                plan.ownHosts.sorted { $0.key < $1.key }.map { host, connectors in
                    let value = JSON.array(connectors.map { .string($0) })
                    return JSONMember(host, table.json(value, from: written[host] ?? []))
                }),
            "redirect_hosts": list(redirectHosts),
            "registrations": .array(registrations()),
        ]
    }

    // MARK: What is ours

    mutating func scopes() -> [JSON] {
        var scopes = plan.scopes.map { scope in
            let mappers = Self.mappers(of: scope, prefix: "")
            return table.json(
                [
                    "name": table.json(.string(scope.name), from: scope.$name.origins),
                    "description": .string("Made by connectorgen for the connector \(scope.connector)"),
                    "protocol": "openid-connect",
                    // Without the first it would be missing from the token's `scope`.
                    "attributes": [
                        "include.in.token.scope": "true",
                        "display.on.consent.screen": "true",
                        "consent.screen.text": .string("\(scope.connector) (\(scope.audience))"),
                        KeycloakPlan.ownerAttribute: .string(scope.owner),
                    ],
                    "protocolMappers": .array(mappers),
                ], from: scope.origins)
        }
        if plan.tolerateAllScopes {
            // Clients that ask for all that is advertised ask for `openid` too, which is no client scope by itself.
            scopes.append([
                "name": "openid",
                "description": "Made by connectorgen for clients that ask for all scopes",
                "protocol": "openid-connect",
                "attributes": [
                    "include.in.token.scope": "false",
                    "display.on.consent.screen": "false",
                    KeycloakPlan.ownerAttribute: .string(plan.deployment),
                ],
                "protocolMappers": [],
            ])
        }
        return scopes
    }

    /// The two mappers of each resource: the one puts its URL into `aud`, byte for byte, and serves where
    /// `resource-indicators` is off; the other names the client that stands for it, and serves where it is on.
    static func mappers(of scope: KeycloakPlan.AudienceScope, prefix: String) -> [JSON] {
        let custom = ([scope.audience] + scope.aliasAudiences).map { audience in
            mapper(
                prefix + (audience == scope.audience ? "mcp-audience" : mapperName(for: audience)),
                "included.custom.audience", audience, scope.owner)
        }
        let clients = scope.resourceClients.map { client in
            mapper(
                prefix + resourceMapperName(for: client.resource), "included.client.audience", client.clientID,
                scope.owner)
        }
        return custom + clients
    }

    /// The mapper of an alias's audience; the connector's own is plainly `mcp-audience`.
    static func mapperName(for audience: String) -> String { "mcp-audience \(audience)" }
    static func resourceMapperName(for resource: String) -> String { "mcp-resource \(resource)" }

    private static func mapper(_ name: String, _ key: String, _ audience: String, _ owner: String) -> JSON {
        [
            "name": .string(name),
            "protocol": "openid-connect",
            "protocolMapper": "oidc-audience-mapper",
            "consentRequired": false,
            "config": [
                key: .string(audience),
                "access.token.claim": "true",
                "id.token.claim": "false",
                "introspection.token.claim": "true",
                // Which the server would add by itself.
                "userinfo.token.claim": "false",
                KeycloakPlan.ownerAttribute: .string(owner),
            ],
        ]
    }

    mutating func everyClient() -> [JSON] {
        guard plan.audience == .everyClient else { return [] }
        return plan.scopes.flatMap { Self.mappers(of: $0, prefix: plan.ownName("")) }
    }

    mutating func clients() -> [JSON] {
        var seen: Set<String> = []
        let resources = plan.scopes.flatMap { scope in
            scope.resourceClients.filter { seen.insert($0.clientID).inserted }.map { client in
                table.json(
                    Self.client(
                        client.clientID, name: "resource \(client.resource)",
                        attributes: [JSONMember("resource_url", .string(client.resource))], owner: scope.owner),
                    from: scope.origins)
            }
        }
        return resources
            + plan.staticClients.map { client in
                let origins = list(plan.webOrigins)
                let scopes = list(client.scopes)
                return table.json(Self.staticClient(client, origins: origins, scopes: scopes), from: client.origins)
            }
    }

    /// A client that is known before it comes. Keycloak makes the secret of a confidential one.
    private static func staticClient(_ client: KeycloakPlan.StaticClient, origins: JSON, scopes: JSON) -> JSON {
        Self.client(
            client.clientID, name: client.label, attributes: [JSONMember("pkce.code.challenge.method", "S256")],
            owner: client.owner,
            isPublic: client.authMethods == [.none],
            authenticator: client.authMethods == [.privateKeyJWT] ? "client-jwt" : "client-secret",
            redirects: client.redirects.map(\.text), origins: origins, scopes: scopes)
    }

    /// One that stands for a resource has no redirects, and none of the flows.
    private static func client(
        _ id: String, name: String, attributes: [JSONMember], owner: String, isPublic: Bool = false,
        authenticator: String = "client-secret", redirects: [String]? = nil, origins: JSON = [],
        scopes: JSON = []
    ) -> JSON {
        [
            "clientId": .string(id),
            "name": .string(name),
            "enabled": true,
            "protocol": "openid-connect",
            "publicClient": .bool(isPublic),
            "bearerOnly": false,
            "clientAuthenticatorType": .string(authenticator),
            "standardFlowEnabled": .bool(redirects != nil),
            "implicitFlowEnabled": false,
            "directAccessGrantsEnabled": false,
            "serviceAccountsEnabled": false,
            "fullScopeAllowed": false,
            "consentRequired": true,
            "redirectUris": .array((redirects ?? []).map { .string($0) }),
            "webOrigins": origins,
            "attributes": .object(attributes + [JSONMember(KeycloakPlan.ownerAttribute, .string(owner))]),
            "defaultClientScopes": scopes,
        ]
    }

    // MARK: What is shared

    /// Client registration policies of anonymous clients: entries that lists must have, and single settings.
    mutating func policies() -> [JSON] {
        guard plan.offersRegistration else { return [] }
        let hosts = plan.trustedHosts.map { table.json(.string($0.pattern), from: $0.origins) }
        var policies: [JSON] = [
            // The realm's own lists of scopes hold ours, so that they need not be named here.
            Self.policy("allowed-client-templates", "Allowed Client Scopes", [], ["allow-default-scopes": ["true"]]),
            // Behind a proxy the sender is the proxy; its check may be off only while that of the URIs is on.
            Self.policy(
                "trusted-hosts", "Trusted Hosts", [JSONMember("trusted-hosts", .array(hosts))],
                [
                    "host-sending-registration-request-must-match": ["false"],
                    "client-uris-must-match": ["true"],
                ]),
        ]
        if !plan.webOrigins.isEmpty {
            policies.append(
                Self.policy(
                    "registration-web-origins", "Allowed Registration Web Origins",
                    [JSONMember("web-origins", list(plan.webOrigins))], [:]))
        }
        return policies
    }

    private static func policy(_ provider: String, _ name: String, _ lists: [JSONMember], _ settings: JSON) -> JSON {
        ["provider": .string(provider), "name": .string(name), "lists": .object(lists), "settings": settings]
    }

    /// What clients have to keep to that nobody made here: one profile, and one policy that says for whom.
    private mutating func rules() -> [(name: String, about: String, executor: JSON, condition: JSON)] {
        var rules: [(name: String, about: String, executor: JSON, condition: JSON)] = []
        if plan.offersRegistration {
            // Which Keycloak by itself leaves to them.
            rules.append(
                (
                    "registered", "Clients that register themselves must use PKCE",
                    ["executor": "pkce-enforcer", "configuration": ["auto-configure": true]],
                    [
                        "condition": "client-updater-context",
                        "configuration": ["update-client-source": ["ByAnonymous", "ByInitialAccessToken"]],
                    ]
                ))
        }
        if let documents = plan.documents {
            let urlHosts = list(documents.urlHosts)
            let hosts = list(documents.hosts)
            rules.append(
                (
                    "documents", "Clients that come with a metadata document",
                    [
                        "executor": "client-id-metadata-document",
                        "configuration": [
                            "cimd-allow-http-scheme": false,
                            "cimd-allow-permitted-domains": urlHosts,
                            "cimd-restrict-same-domain": false,
                            "only-allow-confidential-client": false,
                        ],
                    ],
                    [
                        "condition": "client-id-uri",
                        "configuration": [
                            "client-id-uri-scheme": ["https"],
                            "client-id-uri-allow-permitted-domains": hosts,
                        ],
                    ]
                ))
        }
        return rules
    }

    mutating func clientProfiles() -> [JSON] {
        rules().map { rule in
            [
                "name": .string(plan.ownName(rule.name)),
                "description": .string(rule.about),
                "executors": [rule.executor],
            ]
        }
    }

    mutating func clientPolicies() -> [JSON] {
        rules().map { rule in
            [
                "name": .string(plan.ownName(rule.name)),
                "description": .string(rule.about),
                "enabled": true,
                "conditions": [rule.condition],
                "profiles": [.string(plan.ownName(rule.name))],
            ]
        }
    }

    // MARK: What the scripts try

    /// Hosts to which clients of the enabled profiles are sent back; by them those that registered before are known.
    private var redirectHosts: [String] {
        var seen: Set<String> = []
        let redirects =
            plan.registrations.flatMap(\.redirects) + plan.staticClients.flatMap { $0.redirects.map(\.text) }
        return redirects.compactMap { uri -> String? in
            guard let (_, rest) = uri.splitScheme else { return nil }
            let authority = rest.prefix { $0 != "/" }
            if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" }) + "]" }
            return String(authority.prefix { $0 != ":" })
        }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private mutating func registrations() -> [JSON] {
        guard plan.offersRegistration else { return [] }
        return plan.registrations.map { one in
            table.json(
                [
                    "profile": .string(one.profile),
                    "title": .string(one.title),
                    "redirects": .array(one.redirects.map { .string($0) }),
                    "origins": .array(one.browserOrigins.map { .string($0) }),
                ], from: one.origins)
        }
    }
}
