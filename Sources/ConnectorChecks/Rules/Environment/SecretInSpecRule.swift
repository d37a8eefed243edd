import ConnectorSpec
import Diagnostics

/// A secret in the spec itself.
///
/// What has the shape of one is found while the spec is read, wherever it stands, and cannot be allowed. A plain text
/// under a name for secrets is found here: names can mislead, so a comment with a reason allows it.
struct SecretInSpecRule: Rule {
    let documentation = RuleDocumentation(
        .secretInSpec,
        failing: [
            RuleExample(
                top: "clients: [{ id: cid_one, auth_method: client_secret_post, secret: ↓not-a-real-secret }]"),
            RuleExample(
                top: "targets:\n  env:\n    - file: a.env\n      dialect: node\n"
                    + "      variables: { MCP_JWT_SECRET: ↓00000000000000000000000000000000 }"),
            RuleExample(
                top: "targets:\n  env:\n    - file: a.env\n      dialect: node\n"
                    + "      variables:\n        DB_PASSWORD: ↓not-a-real-password\n"
                    + "        DATABASE_URL: ↓postgres://app:not-a-real-password@db.example.com/app"),
            RuleExample(top: "clients: [{ id: cid_one, label: ↓eyJhbGciOiJub25lIn0.e30. }]"),
            RuleExample(
                top: "# it was https://↓me:not-a-real-password@mcp.example.com/mcp\ntrusted_hosts: [chatgpt.com]"),
        ],
        passing: [
            RuleExample(
                top: "clients:\n  - id: cid_one\n    auth_method: client_secret_post\n"
                    + "    secret: { env: CLIENT_ONE_SECRET }"),
            RuleExample(
                top: "targets:\n  env:\n    - file: a.env\n      dialect: node\n      variables:\n"
                    + "        DB_PASSWORD: { env: DB_PASSWORD }\n        SIGNING_PUBLIC_KEY: MCowBQYDK2VwAyEA\n"
                    + "        TLS_KEY: /etc/connectorgen/tls.key\n"
                    + "        SORT_KEY: created_at # connectorgen: allow CG601 -- the name of a column"),
        ], references: ["M#192", "M#193"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.namedSecrets.map { secret in
            finding(
                "`\(secret.path)` is a plain text, set (len \(secret.length)), under a name for secrets",
                at: secret.span,
                "a literal secret",
                notes: ["the spec is read, copied and committed; what is in it is no secret any more"],
                help: "write `{ env: NAME }` or `{ file: PATH }`; if it is none, allow it with a comment: "
                    + "`# connectorgen: allow CG601 -- reason`")
        }
    }
}
