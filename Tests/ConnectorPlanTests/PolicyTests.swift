import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import OAuthModel
import RuntimeConfig
import Testing

@Suite("what unauthenticated callers may do, and what the server says of it")
struct PolicyTests {
    private func metadata(_ planned: Planned) throws -> JSON {
        let path = "/.well-known/oauth-authorization-server/mcp"
        return try JSON.parse(Array(#require(planned.document("mcp.example.com", path)).body.utf8))
    }

    private func list(_ json: JSON, _ name: String) -> [String]? { json[name]?.array?.compactMap(\.string) }

    @Test("limits that are left out are the defaults, and 0 switches one off")
    func limits() throws {
        let standard = try Planned(Planned.spec()).plan.runtime.limits
        #expect(standard.registrations == Rate(requests: 60, seconds: 600))
        #expect(standard.unusedClients == 10_000 && standard.pendingAuthorizations == 10_000)
        let planned = try Planned(
            Planned.spec(issuerKeys: "limits: { registrations: 3/10m, token_requests: 0, unused_clients: 0 }"))
        let limits = planned.plan.runtime.limits
        #expect(planned.diagnostics.isEmpty)
        #expect(limits.registrations == Rate(requests: 3, seconds: 600))
        #expect(limits.tokenRequests == .off && limits.authorizations == standard.authorizations)
        #expect(limits.unusedClients == 0)
        #expect(planned.plan.value(forKey: "issuer.limits.registrations")?.text == "3 in 600s")
        #expect(planned.plan.value(forKey: "issuer.limits.registrations")?.source == .written)
        #expect(planned.plan.value(forKey: "issuer.limits.authorizations")?.source == .default)
    }

    @Test(
        "A16 private_key_jwt is advertised at every endpoint exactly where it is accepted",
        arguments: [
            ("", ClientAssertions.accepted),
            ("client_documents: { assertions: required }", .required),
            ("client_documents: { assertions: refused }", .refused),
            ("registration: [predefined, dcr]", .refused),
        ])
    func assertions(keys: String, expected: ClientAssertions) throws {
        let planned = try Planned(Planned.spec(issuerKeys: keys + "\nopenid: true"))
        #expect(planned.diagnostics.isEmpty)
        #expect(planned.plan.runtime.clientDocuments.assertions == expected)
        let json = try metadata(planned)
        for endpoint in ["token", "revocation", "introspection"] {
            let methods = try #require(list(json, "\(endpoint)_endpoint_auth_methods_supported"))
            #expect(methods.contains("private_key_jwt") == (expected != .refused), "\(endpoint)")
            #expect(methods.contains("none") == (endpoint != "introspection"), "\(endpoint)")
            #expect(
                list(json, "\(endpoint)_endpoint_auth_signing_alg_values_supported")
                    == (expected == .refused ? nil : ["ES256", "RS256"]), "\(endpoint)")
        }
    }

    @Test(
        "a predefined client that signs is accepted without the registration method of documents, and its keys are known"
    )
    func predefinedSigner() throws {
        let client = """
            clients:
              - id: cid_robot
                auth_method: private_key_jwt
                jwks_uri: https://robot.example.com/jwks.json
                scopes: [mcp.tools]
                allow_introspection: true
            """
        let planned = try Planned(Planned.spec(issuerKeys: "registration: [predefined]", more: client))
        #expect(planned.diagnostics.isEmpty)
        #expect(planned.plan.runtime.clientDocuments.assertions == .accepted)
        let runtime = try #require(planned.plan.runtime.clients.first)
        #expect(runtime.keysURL == "https://robot.example.com/jwks.json")
        #expect(runtime.scopes == ["mcp.tools"] && runtime.allowIntrospection)
    }

    @Test("the OpenID document is complete, and signs with the one algorithm there is")
    func openid() throws {
        let planned = try Planned(Planned.spec(issuerKeys: "openid: true"))
        let path = "/mcp/.well-known/openid-configuration"
        let json = try JSON.parse(Array(#require(planned.document("mcp.example.com", path)).body.utf8))
        let needed = [
            "issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri",
            "response_types_supported", "subject_types_supported", "id_token_signing_alg_values_supported",
            "scopes_supported", "claims_supported", "code_challenge_methods_supported",
        ]
        for name in needed { #expect(json[name] != nil, "\(name)") }
        #expect(list(json, "id_token_signing_alg_values_supported") == ["RS256"])
        #expect(json["request_uri_parameter_supported"] == false)
        #expect(list(json, "claims_supported")?.contains("email") == false)
    }

    @Test("a host for pages is none for redirects, and Keycloak knows both")
    func clientURIHosts() throws {
        let planned = try Planned(
            Planned.spec(
                more: "clients: [mcp-remote]\nclient_uri_hosts: [docs.example.org]\ntrusted_hosts: [chatgpt.com]"))
        let runtime = planned.plan.runtime
        #expect(runtime.clientURIHosts == ["docs.example.org", "github.com"])
        #expect(runtime.trustedHosts == ["chatgpt.com", "localhost", "127.0.0.1"])
        #expect(runtime.enforceClientURIHosts)
        let open = try Planned(Planned.spec(issuerKeys: "enforce_client_uri_hosts: false")).plan
        #expect(!open.runtime.enforceClientURIHosts)
        #expect(open.value(forKey: "issuer.enforce_client_uri_hosts")?.text == "false")
    }

    @Test("a service token opens its connector with the connector's scopes, and never stands in the config")
    func serviceTokens() throws {
        let digest = String(repeating: "0f", count: 32)
        let planned = try Planned(
            Planned.spec(
                connectorKeys: """
                    aliases: [/mcp2]
                    service_tokens:
                      - { label: bridge, token: { env: BRIDGE_TOKEN } }
                      - { label: probe, token: { sha256: \(digest) }, subject: uptime, scopes: [] }
                    """))
        #expect(planned.diagnostics.isEmpty)
        #expect(
            planned.plan.runtime.serviceTokens == [
                RuntimeConfig.ServiceToken(
                    label: "bridge", token: .secret(.environment(try EnvironmentName(parsing: "BRIDGE_TOKEN"))),
                    subject: "bridge",
                    resource: "https://mcp.example.com/mcp", scopes: ["mcp.tools"]),
                RuntimeConfig.ServiceToken(
                    label: "probe", token: .sha256(digest), subject: "uptime",
                    resource: "https://mcp.example.com/mcp", scopes: []),
            ])
    }

    @Test(
        "what does not fit together is said",
        arguments: [
            ("tokens: { refresh_lifetime: 90d, grant_lifetime: 30d }", "", "", [DiagnosticCode.lifetimesCross]),
            ("tokens: { refresh_lifetime: 500d }", "", "", []),
            ("store: { postgres: { env: DATABASE_URL } }", "", "", [.serverKeyMissing]),
            ("store: { postgres: { env: DATABASE_URL } }\nkey: { env: SERVER_KEY }", "", "", []),
            ("", "service_tokens: [{ label: a, token: { env: A_TOKEN }, scopes: [mcp.tool] }]", "", [.unknownScope]),
            (
                "", "service_tokens: [{ label: a, token: { env: A_TOKEN } }, { label: a, token: { env: B_TOKEN } }]",
                "",
                [.serviceTokenTwice]
            ),
            (
                "", "service_tokens: [{ label: a, token: { env: A_TOKEN } }, { label: b, token: { env: A_TOKEN } }]",
                "",
                [.serviceTokenTwice]
            ),
            ("", "", "clients: [{ id: cid_one, scopes: [mcp.tools, mcp.admin, offline_access] }]", [.unknownScope]),
        ])
    func findings(issuer: String, connector: String, more: String, codes: [DiagnosticCode]) throws {
        let planned = try Planned(Planned.spec(issuerKeys: issuer, connectorKeys: connector, more: more))
        #expect(planned.diagnostics.map(\.code) == codes)
    }

    @Test("a refresh lifetime longer than the default of the grant lengthens that")
    func longRefresh() throws {
        let tokens = try Planned(Planned.spec(issuerKeys: "tokens: { refresh_lifetime: 500d }")).plan.runtime.tokens
        #expect(tokens.grantLifetime == 500 * 86_400)
        #expect(try Planned(Planned.spec()).plan.runtime.tokens.grantLifetime == 365 * 86_400)
    }

    @Test("the server asks for the secrets of its own mode alone")
    func secretsOfTheMode() throws {
        let login =
            "login: { provider: oidc, issuer: https://login.example.com, client_id: a, client_secret: { env: LOGIN_SECRET } }"
        let local = Planned.spec(issuerKeys: login + "\nkey: { env: SERVER_KEY }")
        let upstream = local.replacing("mode: local", with: "mode: upstream")
        #expect(
            try Planned(local).plan.spec.serverSecrets.map(\.value.description)
                == ["env SERVER_KEY", "file /etc/connectorgen/users"])
        #expect(
            try Planned(upstream).plan.spec.serverSecrets.map(\.value.description)
                == ["env SERVER_KEY", "env LOGIN_SECRET"])
    }

    @Test("the proof for OpenAI is served on the connector's own host, before everything else below /.well-known/")
    func domainProof() throws {
        let planned = try Planned(
            Planned.spec(
                connectorKeys: "aliases: [/mcp2]\nalias_hosts: [www.example.com]\nopenai_apps_challenge: abc.DEF-1"))
        #expect(planned.diagnostics.isEmpty)
        #expect(planned.routes("mcp.example.com").contains("= /.well-known/openai-apps-challenge"))
        #expect(!planned.routes("www.example.com").contains("= /.well-known/openai-apps-challenge"))
        #expect(
            planned.plan.runtime.domainProofs == [
                RuntimeConfig.DomainProof(
                    host: "mcp.example.com", path: "/.well-known/openai-apps-challenge", text: "abc.DEF-1")
            ])
    }

    @Test("two connectors of one host may have the same proof and no two")
    func sharedHost() throws {
        for (other, codes) in [("one", [DiagnosticCode]()), ("two", [.routeCollision])] {
            let planned = try Planned(
                Planned.spec(
                    connectorKeys: "openai_apps_challenge: one",
                    more: """
                        # the second connector of the host
                        """
                ).replacing(
                    "connectors:\n",
                    with: "connectors:\n  other: { public_url: https://mcp.example.com/o, upstream: "
                        + "http://127.0.0.1:3931, client_id: cid_o, openai_apps_challenge: \(other) }\n"))
            #expect(planned.diagnostics.filter { $0.severity == .error }.map(\.code) == codes)
            #expect(planned.plan.runtime.domainProofs.count == 1)
        }
    }

    @Test("in mode external the settings of an issuer change nothing")
    func external() throws {
        let spec = """
            version: 1
            name: example
            issuer:
              url: https://id.example.com/realms/mcp
              mode: external
              limits: { registrations: 1/1m }
              client_documents: { hosts: [chatgpt.com] }
              enforce_client_uri_hosts: false
              key: { env: SERVER_KEY }
            connectors:
              mcp: { public_url: https://mcp.example.com/mcp, upstream: http://127.0.0.1:3930 }
            """
        let planned = try Planned(spec)
        #expect(planned.diagnostics.isEmpty)
        #expect(planned.plan.runtime.clientDocuments.assertions == .refused)
    }
}
