package import Diagnostics

extension DiagnosticCode {
    package static let realmListIncomplete = DiagnosticCode(
        981, "realm-list-incomplete",
        summary: "A list that a realm shares with others lacks an entry of ours.",
        why:
            "A host that is missing from the trusted hosts is a client that cannot register: \"Policy 'Trusted Hosts' rejected request to client-registration service\".",
        remedy: "Run `apply.sh`, which adds our entries and keeps those of others.")
}

/// A shared list without our entries.
struct RealmListIncompleteRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmListIncomplete,
        failing: [
            RealmExample.changed(
                #""trusted-hosts": ["chatgpt.com", "#,
                to: #""trusted-hosts": ↓["#)
        ],
        passing: [RealmExample.agreeing], references: ["M#78", "M#79"])

    let kind: RealmDifference.Kind = .entries
}
