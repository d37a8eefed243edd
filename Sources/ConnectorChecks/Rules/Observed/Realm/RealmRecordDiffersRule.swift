package import Diagnostics

extension DiagnosticCode {
    package static let realmRecordDiffers = DiagnosticCode(
        986, "realm-record-differs",
        summary: "A realm's record of what was added to it is not what `apply.sh` would leave there.",
        why:
            "`retire.sh` goes by the record: what is not in it stays behind for ever, and what is in it wrongly is taken from others.",
        remedy: "Run `apply.sh`, which writes the record.")
}

/// The realm attribute by which entries of shared lists are known to be ours.
struct RealmRecordDiffersRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmRecordDiffers,
        failing: [
            RealmExample.changed(
                #""connectorgen.demo": "{\"policies\":{\"b1\":{\"ours\":{\"trusted-hosts\":["#,
                to: #"↓"connectorgen.demo": "{\"policies\":{\"b1\":{\"ours\":{\"trusted-hosts\":[\"gone.example\","#)
        ],
        passing: [RealmExample.agreeing], references: [])

    let kind: RealmDifference.Kind = .record
}
