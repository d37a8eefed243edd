package import Diagnostics

extension DiagnosticCode {
    package static let realmObjectMissing = DiagnosticCode(
        975, "realm-object-missing",
        summary: "A realm lacks a scope, a mapper, a client or a policy that the spec needs.",
        why:
            "Without the mapper tokens have no audience, without the scope a registration that asks for it is refused with 403, and a client that is not there cannot sign anybody in.",
        remedy: "Run `apply.sh`, which makes what is missing.")
}

/// What we need of a realm and is not there.
struct RealmObjectMissingRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmObjectMissing,
        failing: [
            RealmExample.changed(
                #""clientScopes": ["#,
                to: #"↓"clientScopes": [], "scopesOfOthers": ["#)
        ],
        passing: [RealmExample.agreeing], references: ["M#78"])

    let kind: RealmDifference.Kind = .missing
}
