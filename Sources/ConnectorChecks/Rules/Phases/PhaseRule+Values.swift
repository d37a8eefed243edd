import ConnectorSpec
import Diagnostics

extension PhaseRule {
    /// Rules on issuers, URLs, hosts and secrets that the grammar of the value settles.
    static let values: [PhaseRule] = [
        PhaseRule(
            .notHTTPS,
            failing: [
                RuleExample(issuer: "url: ↓http://mcp.example.com/mcp"),
                RuleExample(connector: "public_url: ↓ftp://mcp.example.com/mcp"),
            ],
            passing: [
                RuleExample(
                    issuer: "url: http://127.0.0.1:8080/mcp", connector: "public_url: http://127.0.0.1:8080/mcp")
            ], references: ["M#33", "M#174"]),
        PhaseRule(
            .metadataURLAsIssuer,
            failing: [
                RuleExample(issuer: "url: ↓https://mcp.example.com/.well-known/oauth-authorization-server/mcp"),
                RuleExample(
                    issuer: "url: ↓https://auth.example.com/realms/mcp/.well-known/openid-configuration"),
            ], references: ["M#37", "RFC 8414 §3.1", "RFC 9728 §2"]),
        PhaseRule(
            .trailingSlash,
            failing: [
                RuleExample(connector: "public_url: ↓https://mcp.example.com/mcp/"),
                RuleExample(connector: "aliases: [↓/mcp2/]"),
            ], references: ["M#39"]),
        PhaseRule(
            .urlNotCanonical,
            failing: [
                RuleExample(connector: "public_url: ↓https://mcp.example.com:443/mcp"),
                RuleExample(connector: "public_url: ↓https://mcp.example.com/mcp?x=1"),
                RuleExample(connector: "public_url: ↓https://me@mcp.example.com/mcp"),
                RuleExample(connector: "public_url: ↓https://mcp.example.com/a/../mcp"),
            ], references: ["M#48"]),
        PhaseRule(
            .invalidHost,
            failing: [
                RuleExample(top: "trusted_hosts: [↓\"https://chatgpt.com\"]"),
                RuleExample(top: "trusted_hosts: [↓ChatGPT.com]"),
                RuleExample(connector: "alias_hosts: [↓other.example.com:8443]"),
                RuleExample(connector: "public_url: ↓https://MCP.example.com/mcp"),
            ], passing: [RuleExample(top: "trusted_hosts: [chatgpt.com, anysphere.cursor-mcp]")],
            references: ["M#48", "M#79"]),
        PhaseRule(
            .reservedEnvironmentName,
            failing: [
                RuleExample(
                    top: "targets:\n  env:\n    - { file: a.env, dialect: node, variables: { ↓NODE_OPTIONS: x } }")
            ]),
    ]
}
