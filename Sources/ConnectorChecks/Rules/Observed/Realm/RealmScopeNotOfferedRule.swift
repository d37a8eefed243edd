package import Diagnostics

extension DiagnosticCode {
    package static let realmScopeNotOffered = DiagnosticCode(
        982, "realm-scope-not-offered",
        summary: "A realm does not offer a scope of ours to new clients as the spec says.",
        why:
            "Clients that register get the scopes of the realm's lists and no other: without the scope their tokens lack the audience, and every request ends with 401.",
        remedy: "Run `apply.sh`, which puts the scope into the list.")
}

/// A scope in none of the lists of the realm, or in the other one.
struct RealmScopeNotOfferedRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmScopeNotOffered,
        failing: [
            RealmExample.changed(
                #""defaultDefaultClientScopes": ["basic", "mcp.tools"]"#,
                to: #"↓"defaultDefaultClientScopes": ["basic"]"#),
            RealmExample.changed(
                #""defaultDefaultClientScopes": ["basic", "mcp.tools"], "defaultOptionalClientScopes": []"#,
                to: #""defaultDefaultClientScopes": ["basic"], "defaultOptionalClientScopes": [↓"mcp.tools"]"#),
        ],
        passing: [RealmExample.agreeing], references: [])

    let kind: RealmDifference.Kind = .offer
}
