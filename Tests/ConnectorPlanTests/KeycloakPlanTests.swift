import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import Testing
import WebSyntax

@Suite("what a realm of Keycloak is asked for")
struct KeycloakPlanTests {
    private func spec(
        scopes: String = "[mcp.tools]", clients: String = "[]", registration: String = "[dcr, predefined]",
        more: String = ""
    ) -> String {
        """
        version: 1
        name: farm
        issuer:
          url: https://auth.example.com/realms/mcp
          mode: external
          registration: \(registration)
        connectors:
          search:
            public_url: https://search.example.com/mcp
            upstream: http://127.0.0.1:3930
            client_id: cid_search
            scopes: \(scopes)
        clients: \(clients)
        trusted_hosts: [chatgpt.com]
        targets:
          keycloak: { realm: mcp, server: https://auth.example.com, version: "26.7"\(more) }
        """
    }

    @Test(
        "a scope of Keycloak's own brings no audience",
        arguments: [
            "AuthnContextClassRef", "acr", "address", "basic", "email", "microprofile-jwt", "offline_access", "openid",
            "organization", "phone", "profile", "role_list", "roles", "saml_organization", "service_account",
            "web-origins",
        ])
    func ownScopes(_ name: String) throws {
        let planned = try Planned(spec(scopes: "[mcp.tools, \(name)]"))
        let finding = try #require(planned.diagnostics.first { $0.code == .keycloakOwnName })
        #expect(finding.severity == .error)
        #expect(finding.message.contains("`\(name)`"))
    }

    @Test(
        "a client of Keycloak's own is no client of ours",
        arguments: [
            "account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console",
        ])
    func ownClients(_ id: String) throws {
        func found(_ clients: String) throws -> [Diagnostic] {
            try Planned(spec(clients: clients)).diagnostics.filter { $0.code == .keycloakOwnName }
        }
        let client = "[{ id: \(id), redirect_uris: [\"https://chatgpt.com/cb\"] }]"
        #expect(try found(client).map(\.severity) == [.error])
        #expect(try found(client.replacing("id: ", with: "status: ignored, id: ")).isEmpty)
    }

    @Test("another name is free, and without Keycloak so are its own")
    func freeScopes() throws {
        func found(_ text: String) throws -> Bool {
            try Planned(text).diagnostics.contains { $0.code == .keycloakOwnName }
        }
        #expect(try !found(spec(scopes: "[mcp.tools, profiles]")))
        let without = spec(scopes: "[profile]").replacing(
            "  keycloak: { realm: mcp, server: https://auth.example.com, version: \"26.7\" }", with: "  env: []")
        #expect(try !found(without))
    }

    @Test("the lists of Keycloak's own names hold each once, and were read")
    func catalogue() {
        let catalogue = KeycloakCatalogue.builtin
        #expect(catalogue.problem == nil)
        #expect(catalogue.ownScopes.count == 16 && Set(catalogue.ownScopes.map(\.name)).count == 16)
        #expect(catalogue.ownClients.count == 6 && Set(catalogue.ownClients.map(\.name)).count == 6)
    }

    @Test("templates become prefixes, loopback addresses lose their port, and each stands once")
    func redirects() throws {
        let planned = try Planned(
            spec(clients: "[chatgpt, codex, vscode, { id: own, redirect_uris: [\"http://localhost:3000/cb?a=b\"] }]"))
        #expect(!planned.diagnostics.contains { $0.code == .keycloakRedirectUnrepresentable })
        let clients = try #require(planned.plan.keycloak).staticClients
        let shared = try #require(clients.first { $0.clientID == "cid_search" }).redirects.map(\.text)
        #expect(shared.contains("https://chatgpt.com/connector/oauth/*"))
        #expect(shared.contains("http://127.0.0.1/callback/*"))
        #expect(shared.contains("https://chatgpt.com/connector_platform_oauth_redirect"))
        #expect(shared.count { $0 == "http://127.0.0.1/" } == 1, "\(shared)")
        #expect(shared.contains("http://localhost/cb?a=b"))
    }

    @Test("each redirect of the catalogue can be told to Keycloak, and is a URI or a prefix of one")
    func catalogueRedirects() throws {
        for profile in ClientCatalogue.builtin.profiles {
            for redirect in profile.redirects {
                let match = try #require(RedirectMatch(rawValue: redirect.match.rawValue))
                let text = try KeycloakRedirect(redirect.uri, match: match).text
                let literal = text.hasSuffix("/*") ? String(text.dropLast()) : text
                #expect(throws: Never.self) { try CanonicalRedirectURI(parsing: literal) }
                #expect(!literal.contains("*") && !literal.contains("{"), "\(text)")
            }
        }
    }

    @Test(
        "what Keycloak would refuse, or take for more than was meant, is no redirect of it",
        arguments: [
            ("https://x.example.com/{id}/cb", RedirectMatch.pattern), ("https://x.example.com/{id}", .pattern),
            ("https://x.example.com/a-{id}", .pattern), ("https://x.example.com/{a}{b}", .pattern),
            ("https://{host}/cb/{id}", .pattern), ("https://x.example.com/{id}", .exact),
            ("https://x.example.com/a b", .exact), ("https://x.example.com/cb#part", .exact),
            ("https://x.example.com/*", .exact), ("https://x.example.com/*/a/{id}", .pattern),
            ("http://x.example.com/cb", .exact), ("javascript:/cb", .exact), ("data:/cb", .exact),
            ("https://u:p@x.example.com/cb", .exact), ("https://X.example.com/cb", .exact), ("/relative", .exact),
            ("+", .exact), ("*", .exact), ("", .exact), ("https://x.example.com/a|b", .exact),
            ("https://x.example.com/a<b", .exact), ("https://x.example.com/a^b", .exact),
            ("https://x.example.com/a`b", .exact), ("https://x.example.com/a}b", .exact),
            ("https://x.example.com/a[b]", .exact), ("https://x.example.com/%zz", .exact),
        ])
    func refused(_ uri: String, _ match: RedirectMatch) {
        #expect(throws: InvalidValue.self) {
            try KeycloakRedirect(uri, match: match)
        }
    }

    @Test(
        "clients that come by themselves decide what is offered",
        arguments: [
            ("[dcr, predefined]", true, KeycloakTarget.DefaultScope?.some(.permanent)), ("[predefined]", false, nil),
            ("[cimd, predefined]", false, .some(.permanent)),
        ])
    func registration(_ registrationMethods: String, _ offers: Bool, _ scope: KeycloakTarget.DefaultScope?) throws {
        let keycloak = try #require(try Planned(spec(registration: registrationMethods)).plan.keycloak)
        #expect(keycloak.offersRegistration == offers)
        #expect(keycloak.defaultScope == scope)
    }

    @Test("a default scope that is written is kept without registration methods for it")
    func writtenScope() throws {
        let keycloak = try #require(
            try Planned(spec(registration: "[predefined]", more: ", default_scope: permanent")).plan.keycloak)
        #expect(keycloak.defaultScope == .permanent)
    }
}
