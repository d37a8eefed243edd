package import Diagnostics

extension DiagnosticCode {
    package static let realmObjectChanged = DiagnosticCode(
        976, "realm-object-changed",
        summary: "A value of an object of ours in a realm is not the one of the plan.",
        why:
            "Somebody edited it, or the spec has changed since: what clients get is not what the spec says, and nothing else shows it.",
        remedy: "Run `apply.sh`, which writes the value of the plan; or write into the spec what is meant.")
}

/// A value of ours that somebody changed.
struct RealmObjectChangedRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmObjectChanged,
        failing: [
            RealmExample.changed(
                #""include.in.token.scope": "true""#,
                to: #""include.in.token.scope": ↓"false""#),
            RealmExample.changed(
                #""included.custom.audience": "https://mcp.example.com/mcp""#,
                to: #""included.custom.audience": ↓"https://mcp.example.com/mcp/""#),
        ],
        passing: [RealmExample.agreeing], references: ["M#35"])

    let kind: RealmDifference.Kind = .changed
}
