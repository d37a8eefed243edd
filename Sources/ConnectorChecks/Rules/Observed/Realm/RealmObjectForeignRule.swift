package import Diagnostics

extension DiagnosticCode {
    package static let realmObjectForeign = DiagnosticCode(
        978, "realm-object-foreign",
        summary: "A realm has a scope or a client of our name that is not ours.",
        why:
            "Its users would get our audience, and changing it would change what others rely on; `apply.sh` stops before it does.",
        remedy:
            "Name another scope or client in the spec; or, when it was made for this purpose, `apply.sh --adopt` takes it over."
    )
}

/// A thing of our name without our mark.
struct RealmObjectForeignRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmObjectForeign,
        failing: [
            RealmExample.changed(
                #""connectorgen.owner": "demo/mcp" }, "protocolMappers""#,
                to: #""connectorgen.owner": ↓"other/mcp" }, "protocolMappers""#)
        ],
        passing: [RealmExample.agreeing], references: [])

    let kind: RealmDifference.Kind = .foreign
}
