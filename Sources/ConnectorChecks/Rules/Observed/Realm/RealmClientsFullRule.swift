package import Diagnostics

extension DiagnosticCode {
    package static let realmClientsFull = DiagnosticCode(
        985, "realm-clients-full", .warning,
        summary: "A realm has almost as many clients as its policy Max Clients Limit lets register.",
        why: "At the limit every registration is refused with 403, for all users of all clients.",
        remedy: "Run `prune.sh`, which lists the clients that nobody uses any more, or raise the limit.")
}

/// A realm in which soon nobody can register.
struct RealmClientsFullRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmClientsFull,
        failing: [
            RealmExample.changed(
                #""max-clients": ["200"]"#,
                to: #""max-clients": ↓["2"]"#)
        ],
        passing: [RealmExample.agreeing], references: ["M#81"])

    let kind: RealmDifference.Kind = .full
}
