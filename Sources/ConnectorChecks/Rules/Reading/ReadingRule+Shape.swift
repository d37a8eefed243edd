import ConnectorSpec
import Diagnostics

extension ReadingRule {
    /// Rules on the shape of a spec.
    static let shape: [ReadingRule] = [
        ReadingRule(.unsupportedSpecVersion, failing: [RuleExample(whole: "version: ↓2\nname: demo\n")]),
        ReadingRule(
            .unknownKey,
            failing: [
                RuleExample(connector: "↓publc_url: https://mcp.example.com/mcp"),
                RuleExample(top: "environments: { staging: { ↓isuer: {} } }"),
            ]),
        ReadingRule(
            .missingKey,
            failing: [
                RuleExample(
                    whole: "version: 1\nname: demo\nissuer: { url: https://mcp.example.com/mcp, mode: companion }\n"
                        + "connectors:\n  ↓mcp: { public_url: https://mcp.example.com/mcp }\n")
            ]),
        ReadingRule(
            .wrongKind,
            failing: [
                RuleExample(connector: "scopes: ↓mcp.tools"), RuleExample(issuer: "openid: ↓\"true\""),
                RuleExample(issuer: "openid: ↓yes"), RuleExample(connector: "upstream: ↓{ host: 127.0.0.1 }"),
            ], passing: [RuleExample(issuer: "openid: true", connector: "scopes: [mcp.tools]")]),
        ReadingRule(
            .nullValue,
            failing: [
                RuleExample(connector: "upstream: ↓~"), RuleExample(issuer: "url: ↓null"),
                RuleExample(connector: "scopes: [↓null]"),
            ], references: ["M#70"]),
        ReadingRule(
            .emptyValue, failing: [RuleExample(connector: "upstream: ↓\"\""), RuleExample(issuer: "url: ↓''")]),
        ReadingRule(
            .invalidValue,
            failing: [
                RuleExample(connector: "aliases: [↓mcp2]"), RuleExample(connector: "rate_limit: ↓many"),
                RuleExample(
                    connector: "legacy_aliases: [{ path: /api/connector/oauth, sunset: ↓31.03.2027 }]"),
            ],
            passing: [
                RuleExample(connector: "aliases: [/mcp2]\nrate_limit: 10/s burst 20")
            ]),
        ReadingRule(
            .unknownName,
            failing: [
                RuleExample(issuer: "mode: ↓upsteam"), RuleExample(top: "clients: [↓chatgtp]"),
                RuleExample(
                    top: "targets:\n  env:\n    - { file: a.env, dialect: node, vocabulary: ↓dextre }"),
            ], passing: [RuleExample(top: "clients: [chatgpt]")]),
        ReadingRule(
            .keyCombination,
            failing: [
                RuleExample(
                    issuer: "store: { sqlite: /var/lib/connectorgen/auth.db, ↓postgres: { env: DATABASE_URL } }"),
                RuleExample(top: "clients: [↓{ label: nobody }]"),
            ]),
        ReadingRule(
            .malformedSuppression,
            failing: [
                RuleExample(top: "↓# connectorgen: allow CG503\ntrusted_hosts: [chatgpt.com]"),
                RuleExample(top: "trusted_hosts: [chatgpt.com] ↓# connectorgen: allow CG5033 -- ours"),
                RuleExample(top: "↓# connectorgen: allow CG101 -- a key of our own\ntrusted_hosts: [chatgpt.com]"),
            ],
            passing: [
                RuleExample(
                    top: "# connectorgen: allow CG503 -- the domain is ours alone\ntrusted_hosts: [\"*.example.org\"]")
            ]),
        ReadingRule(
            .unusedSuppression,
            failing: [RuleExample(top: "↓# connectorgen: allow CG503 -- ours\ntrusted_hosts: [chatgpt.com]")],
            passing: [
                RuleExample(
                    top: "trusted_hosts: [\"*.example.org\"] # connectorgen: allow wildcard-trusted-host -- ours alone")
            ]),
        ReadingRule(
            .templateResidue,
            failing: [
                RuleExample(connector: "public_url: ↓\"https://{{host}}/mcp\""),
                RuleExample(connector: "client_id: ↓change-me"),
            ]),
    ]
}
