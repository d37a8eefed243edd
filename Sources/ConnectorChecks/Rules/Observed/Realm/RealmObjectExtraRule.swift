package import Diagnostics

extension DiagnosticCode {
    package static let realmObjectExtra = DiagnosticCode(
        977, "realm-object-extra",
        summary: "An object of ours in a realm has something that the plan does not have.",
        why:
            "A further redirect URI is a further place to which codes go, and a further mapper puts into tokens what nobody has looked at.",
        remedy: "Run `apply.sh`, which takes it away; or write it into the spec.")
}

/// What somebody added to an object of ours.
struct RealmObjectExtraRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmObjectExtra,
        failing: [
            RealmExample.changed(
                #""redirectUris": ["https://chatgpt.com"#,
                to: #""redirectUris": [↓"https://elsewhere.example.org/cb", "https://chatgpt.com"#)
        ],
        passing: [RealmExample.agreeing], references: [])

    let kind: RealmDifference.Kind = .extra
}
