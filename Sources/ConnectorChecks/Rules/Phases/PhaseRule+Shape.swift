import ConnectorSpec
import Diagnostics
import YAMLSyntax

extension PhaseRule {
    /// Rules on the shape of a spec.
    static let shape: [PhaseRule] = [
        PhaseRule(.unsupportedSpecVersion, failing: [RuleExample(whole: "version: ↓2\nname: demo\n")]),
        PhaseRule(
            .unknownKey,
            failing: [
                RuleExample(connector: "↓publc_url: https://mcp.example.com/mcp"),
                RuleExample(top: "environments: { staging: { ↓isuer: {} } }"),
            ]),
        PhaseRule(
            .missingKey,
            failing: [
                RuleExample(
                    whole: "version: 1\nname: demo\nissuer: { url: https://mcp.example.com/mcp, mode: external }\n"
                        + "connectors:\n  ↓mcp: { public_url: https://mcp.example.com/mcp }\n")
            ]),
        PhaseRule(
            .wrongKind,
            failing: [
                RuleExample(connector: "scopes: ↓mcp.tools"), RuleExample(issuer: "openid: ↓\"true\""),
                RuleExample(issuer: "openid: ↓yes"), RuleExample(connector: "upstream: ↓{ host: 127.0.0.1 }"),
            ], passing: [RuleExample(issuer: "openid: true", connector: "scopes: [mcp.tools]")]),
        PhaseRule(
            .nullValue,
            failing: [
                RuleExample(connector: "upstream: ↓~"), RuleExample(issuer: "url: ↓null"),
                RuleExample(connector: "scopes: [↓null]"),
            ], references: ["M#70"]),
        PhaseRule(
            .emptyValue, failing: [RuleExample(connector: "upstream: ↓\"\""), RuleExample(issuer: "url: ↓''")]),
        PhaseRule(
            .invalidValue,
            failing: [
                RuleExample(connector: "aliases: [↓mcp2]"), RuleExample(connector: "rate_limit: ↓many"),
                RuleExample(
                    connector: "legacy_aliases: [{ path: /api/connector/oauth, sunset: ↓31.03.2027 }]"),
            ],
            passing: [
                RuleExample(connector: "aliases: [/mcp2]\nrate_limit: 10/s burst 20")
            ]),
        PhaseRule(
            .unknownName,
            failing: [
                RuleExample(issuer: "mode: ↓locla"), RuleExample(top: "clients: [↓chatgtp]"),
                RuleExample(
                    top: "targets:\n  env:\n    - { file: a.env, dialect: node, preset: ↓dextre }"),
            ], passing: [RuleExample(top: "clients: [chatgpt]")]),
        PhaseRule(
            .keyCombination,
            failing: [
                RuleExample(
                    issuer: "store: { sqlite: /var/lib/connectorgen/auth.db, ↓postgres: { env: DATABASE_URL } }"),
                RuleExample(top: "clients: [↓{ label: nobody }]"),
            ]),
        PhaseRule(
            .malformedSuppression,
            failing: [
                RuleExample(top: "↓# connectorgen: allow CG503\ntrusted_hosts: [chatgpt.com]"),
                RuleExample(top: "trusted_hosts: [chatgpt.com] ↓# connectorgen: allow CG5033 -- ours"),
                RuleExample(top: "↓# connectorgen: allow CG101 -- a key of our own\ntrusted_hosts: [chatgpt.com]"),
                RuleExample(top: "↓# connectorgen: allow CG410 -- both are meant\ntrusted_hosts: [chatgpt.com]"),
                RuleExample(top: "trusted_hosts: [\"*\"] ↓# connectorgen: allow CG503 -- everybody may"),
            ],
            passing: [
                RuleExample(
                    top: "# connectorgen: allow CG503 -- the domain is ours alone\ntrusted_hosts: [\"*.example.org\"]")
            ]),
        PhaseRule(
            .unusedSuppression,
            failing: [RuleExample(top: "↓# connectorgen: allow CG503 -- ours\ntrusted_hosts: [chatgpt.com]")],
            passing: [
                RuleExample(
                    top: "trusted_hosts: [\"*.example.org\"] # connectorgen: allow wildcard-trusted-host -- ours alone")
            ]),
        PhaseRule(
            .yamlTruthLookAlike, failing: [RuleExample(top: "clients: [{ id: cid_one, label: ↓yes }]")],
            passing: [
                RuleExample(issuer: "dcr: off\nregistration: [predefined]", connector: "root_prm: off"),
                RuleExample(top: "clients: [{ id: cid_one, label: \"yes\" }]"),
                RuleExample(
                    top: "clients: [{ id: cid_one, label: yes }] # connectorgen: allow CG021 -- a name, says its owner"),
            ]),
        PhaseRule(
            .yamlOctalLookAlike, failing: [RuleExample(top: "clients: [{ id: cid_one, label: ↓007 }]")],
            passing: [RuleExample(top: "clients: [{ id: cid_one, label: \"007\" }]")]),
    ]
}
