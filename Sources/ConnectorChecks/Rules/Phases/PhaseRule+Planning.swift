import ConnectorPlan
import ConnectorSpec
import Diagnostics

extension PhaseRule {
    /// Errors of the planner: values that exclude each other, or mean nothing in this deployment.
    static let planning: [PhaseRule] = [
        PhaseRule(
            .rootMetadataShared,
            failing: [RuleExample(whole: two("root_prm: ↓origin"))], passing: [RuleExample(whole: two("root_prm: off"))]
        ),
        PhaseRule(
            .hostAddressedTwice,
            failing: [RuleExample(connector: "public_url: ↓https://mcp.example.com:8443/mcp")],
            passing: [RuleExample(connector: "public_url: https://other.example.com:8443/mcp")]),
        PhaseRule(
            .loginMissing,
            failing: [
                RuleExample(issuer: "mode: ↓local\n# no users"), RuleExample(issuer: "mode: ↓upstream\n# no users"),
            ]),
        PhaseRule(
            .keycloakScopeShared,
            failing: [
                RuleExample(whole: two("", scopes: "[mcp.tools]", url: "↓https://mcp.example.com/two", more: keycloak))
            ],
            passing: [RuleExample(whole: two("", scopes: "[mcp.two]", more: keycloak))]),
        PhaseRule(
            .keycloakOwnName,
            failing: [
                RuleExample(connector: "scopes: [mcp.tools, ↓profile]", top: keycloak),
                RuleExample(top: "clients: [{ id: ↓account }]\n" + keycloak),
            ], passing: [RuleExample(connector: "scopes: [profile]"), RuleExample(top: keycloak)]),
        PhaseRule(
            .lifetimesCross,
            failing: [RuleExample(issuer: "tokens: { refresh_lifetime: ↓90d, grant_lifetime: 30d }")],
            passing: [RuleExample(issuer: "tokens: { refresh_lifetime: 500d }")]),
        PhaseRule(
            .serverKeyMissing,
            failing: [RuleExample(issuer: "store: { postgres: { env: ↓DATABASE_URL } }")],
            passing: [
                RuleExample(
                    issuer: CapabilityRule.allowance
                        + "store: { postgres: { env: DATABASE_URL } }\nkey: { env: SERVER_KEY }")
            ]),
        PhaseRule(
            .unknownScope,
            failing: [
                RuleExample(
                    connector: "service_tokens: [{ label: a, token: { env: A_TOKEN }, scopes: [↓mcp.tool] }]"),
                RuleExample(top: "clients: [{ id: cid_one, scopes: [↓mcp.tool] }]"),
            ], passing: [RuleExample(top: "clients: [{ id: cid_one, scopes: [mcp.tools, offline_access] }]")]),
        PhaseRule(
            .serviceTokenTwice,
            failing: [
                RuleExample(
                    connector: "service_tokens:\n  - { label: a, token: { env: A_TOKEN } }\n"
                        + "  - { label: ↓a, token: { env: B_TOKEN } }"),
                RuleExample(
                    connector: "service_tokens:\n  - { label: a, token: { env: A_TOKEN } }\n"
                        + "  - { label: b, token: { env: ↓A_TOKEN } }"),
            ]),
        PhaseRule(
            .unknownPlanKey,
            failing: [RuleExample(top: variables("{ A: { from: ↓issuer.ulr } }"))],
            passing: [RuleExample(top: variables("{ A: { from: connectors.mcp.public_url } }"))]),
        PhaseRule(
            .planKeyWithoutValue,
            failing: [
                RuleExample(connector: "# no client_id", top: variables("{ A: { from: ↓connector.client_id } }"))
            ], passing: [RuleExample(top: variables("{ A: { from: connector.client_id } }"))]),
        PhaseRule(
            .connectorUnnamed,
            failing: [
                RuleExample(
                    whole: two("", more: "targets:\n  env: [{ file: a.env, dialect: node, preset: ↓connectorgen }]")
                )
            ],
            passing: [
                RuleExample(
                    whole: two(
                        "",
                        more:
                            "targets:\n  env: [{ file: a.env, dialect: node, preset: connectorgen, connector: two }]"
                    ))
            ]),
        PhaseRule(
            .unknownConnector,
            failing: [
                RuleExample(
                    top: "targets:\n  env: [{ file: a.env, dialect: node, preset: connectorgen, connector: ↓mpc }]")
            ]),
        PhaseRule(
            .pm2FileUnstartable,
            failing: [
                RuleExample(top: "targets:\n  env: [{ file: a.json, dialect: ↓pm2, preset: connectorgen }]"),
                RuleExample(
                    top: "targets:\n  env: [{ file: ↓a.env, dialect: pm2, preset: connectorgen, script: a.mjs }]"),
            ],
            passing: [
                RuleExample(
                    top: "targets:\n  env: [{ file: a.json, dialect: pm2, preset: connectorgen, script: a.mjs }]")
            ]),
        PhaseRule(
            .routeCollision,
            failing: [
                RuleExample(connector: "aliases: [↓/mcp]"),
                RuleExample(whole: two("", url: "↓https://mcp.example.com/mcp")),
            ], passing: [RuleExample(connector: "aliases: [/mcp2]")]),
        PhaseRule(
            .registrationContradiction,
            failing: [
                RuleExample(issuer: "registration: [predefined]\ndcr: ↓dynamic"),
                RuleExample(issuer: "registration: [predefined, ↓dcr]\ndcr: off"),
            ], passing: [RuleExample(issuer: "registration: [predefined, dcr]\ndcr: dynamic")]),
        PhaseRule(
            .staticClientMissing,
            failing: [
                RuleExample(
                    issuer: "dcr: ↓static-client", top: "clients: [{ id: cid_example, secret: { env: SHARED } }]")
            ], passing: [RuleExample(issuer: "dcr: static-client")]),
    ]

    private static let keycloak =
        "targets:\n  keycloak: { realm: mcp, server: \"http://127.0.0.1:5050\", version: \"26.7\" }"

    private static func variables(_ entries: String) -> String {
        "targets:\n  env: [{ file: a.env, dialect: node, variables: \(entries) }]"
    }

    /// A spec with two connectors on one host; `line` is one more of the second.
    private static func two(
        _ line: String, scopes: String = "[mcp.two]", url: String = "https://mcp.example.com/two", more: String = ""
    ) -> String {
        """
        version: 1
        name: demo
        issuer:
          url: https://mcp.example.com/mcp
          mode: local
          users: { file: /etc/connectorgen/users }
          store: { sqlite: /var/lib/connectorgen/auth.db }
        connectors:
          one:
            public_url: https://mcp.example.com/mcp
            upstream: http://127.0.0.1:3930
            client_id: cid_example
            scopes: [mcp.tools]
          two:
            public_url: \(url)
            upstream: http://127.0.0.1:3931
            client_id: cid_example
            scopes: \(scopes)
        \(line.isEmpty ? "" : "    \(line)\n")\(more)
        """
    }
}
