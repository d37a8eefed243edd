import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import OAuthModel
import RuntimeConfig
import WebSyntax

/// A JSON file that a script sends or merges; it holds only what we own.
struct KeycloakBody {
    /// Below `keycloak/bodies/`.
    let fileName: String
    let artifact: Artifact

    /// Prints a body whose values may be tagged from `table`; the rest of it comes from `origins`.
    private init(fileName: String, json: JSON, origins: [Span], _ table: OriginTable = OriginTable()) {
        var table = table
        let printed = table.json(json, from: origins).printed()
        self.fileName = fileName
        artifact = Artifact(
            path: "keycloak/bodies/\(fileName)", mode: 0o644, bytes: printed.bytes,
            provenance: table.provenance(of: printed))
    }

    /// `scope-1-mcp.tools.json`: the number keeps names apart, the rest is for people.
    static func fileName(_ kind: String, _ number: Int, _ name: String) -> String {
        var readable = ""
        for scalar in name.unicodeScalars.prefix(60) {
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            readable.unicodeScalars.append(isPlain || "._".unicodeScalars.contains(scalar) ? scalar : "-")
        }
        return "\(kind)-\(number)-\(readable).json"
    }
}

extension KeycloakBody {
    /// A client scope; without `include.in.token.scope` it would be missing from the token's `scope`.
    /// One that is to bring an audience has an owner, by which later runs know it.
    static func scope(
        _ name: String, owner: String?, fileName: String, isVisible: Bool, origins: [Span]
    ) -> KeycloakBody {
        var attributes = [
            JSONMember("include.in.token.scope", isVisible ? "true" : "false"),
            JSONMember("display.on.consent.screen", isVisible ? "true" : "false"),
        ]
        if let owner { attributes.append(JSONMember(KeycloakPlan.ownerAttribute, .string(owner))) }
        return KeycloakBody(
            fileName: fileName,
            json: ["name": .string(name), "protocol": "openid-connect", "attributes": .object(attributes)],
            origins: origins)
    }

    /// A mapper that puts a resource into `aud`, byte for byte. Values of its config are strings.
    static func audienceMapper(_ name: String, audience: String, fileName: String, origins: [Span]) -> KeycloakBody {
        KeycloakBody(
            fileName: fileName,
            json: [
                "name": .string(name),
                "protocol": "openid-connect",
                "protocolMapper": "oidc-audience-mapper",
                "consentRequired": false,
                "config": [
                    "included.custom.audience": .string(audience),
                    "access.token.claim": "true",
                    "id.token.claim": "false",
                    "introspection.token.claim": "true",
                ],
            ], origins: origins)
    }

    /// What a client registration policy has to hold: entries that its list must have, and single settings.
    /// Values of a component's config are lists of strings, booleans too.
    static func policy(
        _ provider: String, list: String, entries: [(text: String, origins: [Span])],
        settings: [(String, String)] = [], origins: [Span]
    ) -> KeycloakBody {
        var table = OriginTable()
        let texts = entries.map { table.json(.string($0.text), from: $0.origins) }
        return KeycloakBody(
            fileName: "policy-\(provider).json",
            json: [
                "lists": .object([JSONMember(list, .array(texts))]),
                "settings": .object(settings.map { JSONMember($0.0, [.string($0.1)]) }),
            ], origins: origins, table)
    }

    /// A client that is known before it comes. Keycloak makes the secret of a confidential one.
    static func client(_ client: KeycloakPlan.StaticClient, fileName: String) -> KeycloakBody {
        let isPublic = client.authMethods == [.none]
        var members: [JSONMember] = [
            JSONMember("clientId", .string(client.clientID)),
            JSONMember("name", .string(client.label)),
            JSONMember("protocol", "openid-connect"),
            JSONMember("publicClient", .bool(isPublic)),
            JSONMember("standardFlowEnabled", true),
            JSONMember("directAccessGrantsEnabled", false),
            JSONMember("serviceAccountsEnabled", false),
            JSONMember("fullScopeAllowed", false),
            JSONMember("consentRequired", true),
            JSONMember("redirectUris", .array(client.redirects.map { .string($0.text) })),
            JSONMember("attributes", ["pkce.code.challenge.method": "S256"]),
        ]
        if !isPublic {
            let type = client.authMethods == [.privateKeyJWT] ? "client-jwt" : "client-secret"
            members.append(JSONMember("clientAuthenticatorType", .string(type)))
        }
        return KeycloakBody(fileName: fileName, json: .object(members), origins: client.origins)
    }
}
