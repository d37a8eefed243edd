import ConnectorSpec
import Diagnostics

extension ReadingRule {
    /// Rules on issuers, URLs, hosts and secrets that the grammar of the value settles.
    static let values: [ReadingRule] = [
        ReadingRule(
            .notHTTPS, "A public URL uses http, or another scheme than https.",
            why:
                "Clients refuse issuers and endpoints without https, and codes and tokens would travel in the open. Such a "
                + "URL often comes from a server behind a TLS terminator that builds it from its own view.",
            remedy: "Write https. Plain http is allowed on 127.0.0.1, localhost and [::1] only.",
            failing: [
                RuleExample(issuer: "url: ↓http://mcp.example.com/mcp"),
                RuleExample(connector: "public_url: ↓ftp://mcp.example.com/mcp"),
            ],
            passing: [
                RuleExample(
                    issuer: "url: http://127.0.0.1:8080/mcp", connector: "public_url: http://127.0.0.1:8080/mcp")
            ],
            references: ["M#33", "M#174"]),
        ReadingRule(
            .metadataURLAsIssuer, "The URL of a metadata document stands where an issuer identifier belongs.",
            why: "Clients derive the document's URL from the issuer. Given the document itself they find nothing, and "
                + "silently call /authorize, /token and /register at the origin instead.",
            remedy: "Write the issuer identifier that the document has in its member `issuer`.",
            failing: [
                RuleExample(issuer: "url: ↓https://mcp.example.com/.well-known/oauth-authorization-server/mcp"),
                RuleExample(
                    issuer: "url: ↓https://auth.example.com/realms/mcp/.well-known/openid-configuration"),
            ],
            references: ["M#37", "RFC 8414 §3.1", "RFC 9728 §2"]),
        ReadingRule(
            .trailingSlash, "A URL or a path ends in a slash.",
            why: "Resources and paths are compared byte by byte; with and without the slash they are two.",
            remedy: "Remove the slash. Only an external issuer keeps the slash that its provider has.",
            failing: [
                RuleExample(connector: "public_url: ↓https://mcp.example.com/mcp/"),
                RuleExample(connector: "aliases: [↓/mcp2/]"),
            ],
            references: ["M#39"]),
        ReadingRule(
            .urlNotCanonical, "A URL has a part that two readers could understand differently.",
            why:
                "Upper case, default ports, userinfo, queries, fragments, percent-encoding and dot segments are changed by "
                + "some readers and kept by others, and the strings no longer match.",
            remedy: "Write `https://host/path` and nothing else.",
            failing: [
                RuleExample(connector: "public_url: ↓https://mcp.example.com:443/mcp"),
                RuleExample(connector: "public_url: ↓https://mcp.example.com/mcp?x=1"),
                RuleExample(connector: "public_url: ↓https://user:word@mcp.example.com/mcp"),
                RuleExample(connector: "public_url: ↓https://mcp.example.com/a/../mcp"),
            ],
            references: ["M#48"]),
        ReadingRule(
            .invalidHost, "A host name is none, or has a scheme, a port or upper-case letters.",
            why:
                "Host lists are compared with plain lower-case host names; an entry of another form never matches, and the "
                + "client is refused although it seems to be listed.",
            remedy: "Write the bare lower-case host name.",
            failing: [
                RuleExample(top: "trusted_hosts: [↓\"https://chatgpt.com\"]"),
                RuleExample(top: "trusted_hosts: [↓ChatGPT.com]"),
                RuleExample(connector: "alias_hosts: [↓mcp.example.com:8443]"),
                RuleExample(connector: "public_url: ↓https://MCP.example.com/mcp"),
            ],
            passing: [RuleExample(top: "trusted_hosts: [chatgpt.com, anysphere.cursor-mcp]")],
            references: ["M#48", "M#79"]),
        ReadingRule(
            .secretInSpec, "A secret is written into the spec.",
            why: "The spec is read, copied, committed and quoted in reports; a secret in it is none any more.",
            remedy: "Replace the secret where it was issued, and refer to the new one as `{ env: NAME }` or "
                + "`{ file: PATH }`.",
            failing: [
                RuleExample(
                    top: "clients: [{ id: cid_one, auth_method: client_secret_post, secret: ↓not-a-real-secret }]"),
                RuleExample(
                    top: "targets:\n  env:\n    - file: a.env\n      dialect: node\n"
                        + "      variables: { MCP_JWT_SECRET: ↓00000000000000000000000000000000 }"),
                RuleExample(top: "clients: [{ id: cid_one, label: ↓eyJhbGciOiJub25lIn0.e30. }]"),
            ],
            passing: [
                RuleExample(
                    top: "clients:\n  - id: cid_one\n    auth_method: client_secret_post\n"
                        + "    secret: { env: CLIENT_ONE_SECRET }")
            ],
            references: ["M#192", "M#193"]),
        ReadingRule(
            .reservedEnvironmentName, "A variable has a name by which the process itself changes its behaviour.",
            why: "`PATH`, `LD_PRELOAD`, `NODE_OPTIONS` and their like are read by the loader, the shell or the runtime "
                + "before the service sees them.",
            remedy: "Choose a name that only the service reads.",
            failing: [
                RuleExample(
                    top: "targets:\n  env:\n    - { file: a.env, dialect: node, variables: { ↓NODE_OPTIONS: x } }")
            ]),
    ]
}
