import ConnectorSpec
import Diagnostics

/// A value that waits to be filled in.
///
/// What no value can be is refused while the spec is read. What could be one, and reads like a placeholder, is found
/// here: a name can mislead, so a comment with a reason allows it.
struct TemplateResidueRule: Rule {
    let documentation = RuleDocumentation(
        .templateResidue,
        failing: [
            RuleExample(connector: "public_url: ↓\"https://{{host}}/mcp\""),
            RuleExample(connector: "client_id: ↓change-me"), RuleExample(connector: "client_id: ↓YOUR_CLIENT_ID"),
            RuleExample(connector: "client_id: ↓__CLIENT_ID__"), RuleExample(connector: "client_id: ↓\"{id}\""),
            RuleExample(connector: "client_id: ↓$CLIENT_ID"), RuleExample(connector: "client_id: ↓None"),
            RuleExample(connector: "scopes: [↓tbd]"),
            RuleExample(top: "trusted_hosts: [↓mcp.your-company.com]"),
            RuleExample(connector: "resource: https://mcp.example.com", top: "trusted_hosts: [↓client.domain.tld]"),
            RuleExample(
                top: "targets:\n  env: [{ file: a.env, dialect: node, variables: { DB_NAME: ↓REPLACE_ME } }]"),
        ],
        passing: [
            RuleExample(connector: "client_id: cid_todo_list"), RuleExample(connector: "client_id: yourclient"),
            RuleExample(
                top: "targets:\n  env: [{ file: a.env, dialect: node, variables: { CACHE: none, MODE: \"-\" } }]"),
            RuleExample(
                connector: "client_id: your-app # connectorgen: allow CG111 -- the product is called so"),
        ], references: ["R004-02"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.suspectedPlaceholders.map { value in
            finding(
                "`\(value.path)` reads like a placeholder that was never filled in: `\(value.text)`", at: value.span,
                "a placeholder",
                help: "write the value; if it is one, allow it with a comment: `# connectorgen: allow CG111 -- reason`")
        }
    }
}
