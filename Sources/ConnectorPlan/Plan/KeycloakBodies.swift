package import ConnectorSpec
package import Diagnostics
package import JSONSyntax
import OAuthModel
import WebSyntax

/// What a realm has to hold, in the shapes of Keycloak's own representations, each value with its places in the spec.
///
/// The scripts, the realm files and what is found in a realm's export are all made from these values. Values of a
/// component's config are lists of strings, booleans too; those of a mapper's are strings.
package struct KeycloakBodies: Sendable {
    package let plan: KeycloakPlan
    /// Where hosts, origins and scopes are written.
    private let written: [String: [Span]]
    package var table = OriginTable()

    package init(_ plan: KeycloakPlan, of spec: Spec) {
        self.plan = plan
        let origins = spec.connectors.flatMap(\.allowedOrigins).map { ($0.value.text, [$0.span]) }
        let hosts = plan.trustedHosts.map { ($0.pattern, $0.origins) }
        let scopes = plan.scopes.map { ($0.name, $0.$name.origins) }
        let names = (spec.targets.nginx?.serverNames ?? []).map { ($0.value.text, [$0.span]) }
        written = Dictionary(origins + hosts + scopes + names) { $0 + $1 }
    }

    /// Texts that stand in the spec as they are, each with its place.
    package mutating func list(_ texts: [String]) -> JSON {
        .array(texts.map { table.json(.string($0), from: written[$0] ?? []) })
    }

    /// The places where a text is written that stands in the spec as it is.
    package func places(of text: String) -> [Span] { written[text] ?? [] }

    // MARK: What is ours

    package mutating func scopes() -> [JSON] {
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
    package static func mappers(of scope: KeycloakPlan.AudienceScope, prefix: String) -> [JSON] {
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
    package static func mapperName(for audience: String) -> String { "mcp-audience \(audience)" }
    package static func resourceMapperName(for resource: String) -> String { "mcp-resource \(resource)" }

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

    package mutating func everyClient() -> [JSON] {
        guard plan.audience == .everyClient else { return [] }
        return plan.scopes.flatMap { Self.mappers(of: $0, prefix: plan.ownName("")) }
    }

    package mutating func clients() -> [JSON] {
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
    package mutating func policies() -> [JSON] {
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

    package mutating func clientProfiles() -> [JSON] {
        rules().map { rule in
            [
                "name": .string(plan.ownName(rule.name)),
                "description": .string(rule.about),
                "executors": [rule.executor],
            ]
        }
    }

    package mutating func clientPolicies() -> [JSON] {
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
}
