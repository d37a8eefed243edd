package import Diagnostics

extension DiagnosticCode {
    package static let realmClientWithoutScope = DiagnosticCode(
        983, "realm-client-without-scope",
        summary: "A client of a realm does not have our scopes.",
        why:
            "Its tokens lack the audience. One that registered before the scope was there keeps the scopes that it got then.",
        remedy:
            "Run `apply.sh` for a client of the spec, and `apply.sh --attach-existing` for those that were there before."
    )
}

/// A client without our scopes: ours, or one that comes from where ours come from.
struct RealmClientWithoutScopeRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmClientWithoutScope,
        failing: [
            RealmExample.changed(
                #""defaultClientScopes": ["basic", "mcp.tools"]"#,
                to: #"↓"defaultClientScopes": ["basic"]"#),
            RealmExample.changed(
                #""clients": ["#,
                to:
                    #""clients": [ { "clientId": ↓"0c8b7a52-6d1e-4f0a-9c3b-2f4d5e6a7b8c", "consentRequired": true, "redirectUris": ["https://chatgpt.com/connector/oauth/a"], "defaultClientScopes": ["basic"] },"#
            ),
        ],
        passing: [RealmExample.agreeing], references: [])

    let kind: RealmDifference.Kind = .attachment
}
