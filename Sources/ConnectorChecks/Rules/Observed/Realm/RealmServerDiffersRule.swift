package import Diagnostics

extension DiagnosticCode {
    package static let realmServerDiffers = DiagnosticCode(
        987, "realm-server-differs", .warning,
        summary: "The server that a status is of is not the one of the spec.",
        why:
            "What works with a version or with a feature of the one may be refused by the other: clients that find client ID metadata documents advertised choose them and get \"Client not found.\".",
        remedy: "Correct `targets.keycloak.version`, or switch the feature.")
}

/// Another version of Keycloak, or another set of features.
struct RealmServerDiffersRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmServerDiffers,
        failing: [
            RealmExample.example(
                "{ \"version\": ↓\"26.5.6\", \"features\": [], \"live\":\n" + RealmExample.text + "}\n")
        ],
        passing: [RealmExample.agreeing], references: [])

    let kind: RealmDifference.Kind = .server
}
