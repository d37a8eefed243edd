/// Examples of the rules that hold a realm against the spec: one small spec, and its realm as `apply.sh` leaves it, in
/// which something is then otherwise. Of the realm only what is otherwise is shown.
enum RealmExample {
    /// The realm as it should be.
    static let agreeing = example(text)

    /// The realm with one thing changed, the first of its kind; `without` is a member that the file does not have.
    static func changed(_ old: String, to new: String, without member: String? = nil) -> RuleExample {
        let changed = replacing(old, by: new, in: text)
        return example(member.map { replacing("\"\($0)\": ", by: "\"not \($0)\": ", in: changed) } ?? changed)
    }

    static func example(_ realm: String, registration: String = "predefined, dcr") -> RuleExample {
        RuleExample(
            issuer: "url: https://auth.example.com/realms/mcp\nmode: external\nregistration: [\(registration)]\n"
                + "# no users\n# no store",
            top: "clients: [chatgpt]\ntrusted_hosts: [chatgpt.com]\n"
                + "targets: { keycloak: { realm: mcp, server: \"http://127.0.0.1:8080\", version: \"26.7\" } }",
            files: ["realm.json": realm], usual: text)
    }

    static func replacing(_ old: String, by new: String, in text: String) -> String {
        guard let range = text.firstRange(of: old) else { return text }
        return String(text[..<range.lowerBound]) + new + text[range.upperBound...]
    }

    static let text = #"""
        { "realm": "mcp",
          "defaultDefaultClientScopes": ["basic", "mcp.tools"], "defaultOptionalClientScopes": [],
          "attributes": { "connectorgen.demo": "{\"policies\":{\"b1\":{\"ours\":{\"trusted-hosts\":[\"api.\#
        openai.com\",\"chat.openai.com\",\"chatgpt.com\",\"mcp.example.com\",\"openai.com\",\#
        \"platform.openai.com\"]},\"was\":{\"host-sending-registration-request-must-match\":[\"true\"]}}}}\#
        " },
          "clientScopes": [
            { "name": "mcp.tools", "protocol": "openid-connect",
              "description": "Made by connectorgen for the connector mcp",
              "attributes": { "include.in.token.scope": "true", "display.on.consent.screen": "true",
                "consent.screen.text": "mcp (https://mcp.example.com/mcp)",
                "connectorgen.owner": "demo/mcp" }, "protocolMappers": [
                { "name": "mcp-audience", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                  "consentRequired": false,
                  "config": { "included.custom.audience": "https://mcp.example.com/mcp",
                    "access.token.claim": "true", "id.token.claim": "false", "introspection.token.claim": "true",
                    "userinfo.token.claim": "false", "connectorgen.owner": "demo/mcp" } },
                { "name": "mcp-resource https://mcp.example.com/mcp", "protocol": "openid-connect",
                  "protocolMapper": "oidc-audience-mapper", "consentRequired": false,
                  "config": { "included.client.audience": "connectorgen:demo:mcp", "access.token.claim": "true",
                    "id.token.claim": "false", "introspection.token.claim": "true",
                    "userinfo.token.claim": "false", "connectorgen.owner": "demo/mcp" } },
                { "name": "mcp-resource https://mcp.example.com", "protocol": "openid-connect",
                  "protocolMapper": "oidc-audience-mapper", "consentRequired": false,
                  "config": { "included.client.audience": "connectorgen:demo:mcp:2",
                    "access.token.claim": "true", "id.token.claim": "false", "introspection.token.claim": "true",
                    "userinfo.token.claim": "false", "connectorgen.owner": "demo/mcp" } },
                { "name": "mcp-resource https://mcp.example.com/", "protocol": "openid-connect",
                  "protocolMapper": "oidc-audience-mapper", "consentRequired": false,
                  "config": { "included.client.audience": "connectorgen:demo:mcp:3",
                    "access.token.claim": "true", "id.token.claim": "false", "introspection.token.claim": "true",
                    "userinfo.token.claim": "false", "connectorgen.owner": "demo/mcp" } } ] }
          ],
          "clients": [
            { "clientId": "connectorgen:demo:mcp", "name": "resource https://mcp.example.com/mcp",
              "enabled": true, "protocol": "openid-connect", "publicClient": false, "bearerOnly": false,
                "clientAuthenticatorType": "client-secret", "standardFlowEnabled": false,
              "implicitFlowEnabled": false, "directAccessGrantsEnabled": false, "serviceAccountsEnabled": false,
                "fullScopeAllowed": false, "consentRequired": true,
              "redirectUris": [], "webOrigins": [],
              "attributes": { "resource_url": "https://mcp.example.com/mcp", "connectorgen.owner": "demo/mcp" },
                "defaultClientScopes": [] },
            { "clientId": "connectorgen:demo:mcp:2", "name": "resource https://mcp.example.com",
              "enabled": true, "protocol": "openid-connect", "publicClient": false, "bearerOnly": false,
                "clientAuthenticatorType": "client-secret", "standardFlowEnabled": false,
              "implicitFlowEnabled": false, "directAccessGrantsEnabled": false, "serviceAccountsEnabled": false,
                "fullScopeAllowed": false, "consentRequired": true,
              "redirectUris": [], "webOrigins": [],
              "attributes": { "resource_url": "https://mcp.example.com", "connectorgen.owner": "demo/mcp" },
                "defaultClientScopes": [] },
            { "clientId": "connectorgen:demo:mcp:3", "name": "resource https://mcp.example.com/",
              "enabled": true, "protocol": "openid-connect", "publicClient": false, "bearerOnly": false,
                "clientAuthenticatorType": "client-secret", "standardFlowEnabled": false,
              "implicitFlowEnabled": false, "directAccessGrantsEnabled": false, "serviceAccountsEnabled": false,
                "fullScopeAllowed": false, "consentRequired": true,
              "redirectUris": [], "webOrigins": [],
              "attributes": { "resource_url": "https://mcp.example.com/", "connectorgen.owner": "demo/mcp" },
                "defaultClientScopes": [] },
            { "clientId": "cid_example", "name": "connector mcp",
              "enabled": true, "protocol": "openid-connect", "publicClient": true, "bearerOnly": false,
                "clientAuthenticatorType": "client-secret", "standardFlowEnabled": true,
              "implicitFlowEnabled": false, "directAccessGrantsEnabled": false, "serviceAccountsEnabled": false,
                "fullScopeAllowed": false, "consentRequired": true,
              "redirectUris": ["https://chatgpt.com/connector_platform_oauth_redirect",
                "https://chatgpt.com/connector/oauth/*", "https://platform.openai.com/apps-manage/oauth"],
                "webOrigins": [],
              "attributes": { "pkce.code.challenge.method": "S256", "connectorgen.owner": "demo/mcp" },
                "defaultClientScopes": ["basic", "mcp.tools"] } ],
          "clientProfiles": { "profiles": [
            { "name": "connectorgen:demo:registered",
              "description": "Clients that register themselves must use PKCE",
              "executors": [{ "executor": "pkce-enforcer", "configuration": { "auto-configure": true } }] } ] },
          "clientPolicies": { "policies": [
            { "name": "connectorgen:demo:registered",
              "description": "Clients that register themselves must use PKCE", "enabled": true,
              "conditions": [{ "condition": "client-updater-context",
                "configuration": { "update-client-source": ["ByAnonymous", "ByInitialAccessToken"] } }],
                "profiles": ["connectorgen:demo:registered"] } ] },
          "components": { "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy": [
            { "id": "a1", "providerId": "allowed-client-templates", "subType": "anonymous",
              "config": { "allow-default-scopes": ["true"] } },
            { "id": "b1", "providerId": "trusted-hosts", "subType": "anonymous",
              "config": { "trusted-hosts": ["chatgpt.com", "chat.openai.com", "openai.com", "api.openai.com",
                "platform.openai.com", "mcp.example.com"],
                "host-sending-registration-request-must-match": ["false"],
                "client-uris-must-match": ["true"] } },
            { "id": "c1", "providerId": "max-clients", "subType": "anonymous",
              "config": { "max-clients": ["200"] } } ] } }

        """#
}
