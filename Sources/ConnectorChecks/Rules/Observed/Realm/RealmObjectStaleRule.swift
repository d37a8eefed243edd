package import Diagnostics

extension DiagnosticCode {
    package static let realmObjectStale = DiagnosticCode(
        979, "realm-object-stale",
        summary: "A realm has something of ours that the spec has no longer.",
        why:
            "Tokens still get an audience by a scope, and people still sign in through a client, that nobody looks after.",
        remedy: "Run `retire.sh` for a connector or a client that is gone; `apply.sh` takes away the rest.")
}

/// What is left of something that the spec had.
struct RealmObjectStaleRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmObjectStale,
        failing: [
            RealmExample.changed(
                #""clients": ["#,
                to:
                    #""clients": [ { "clientId": ↓"cid_old", "protocol": "openid-connect", "attributes": { "connectorgen.owner": "demo/old" } },"#
            )
        ],
        passing: [RealmExample.agreeing], references: [])

    let kind: RealmDifference.Kind = .stale
}
