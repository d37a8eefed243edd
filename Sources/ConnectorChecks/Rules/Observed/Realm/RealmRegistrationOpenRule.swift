package import Diagnostics

extension DiagnosticCode {
    package static let realmRegistrationOpen = DiagnosticCode(
        984, "realm-registration-open", .warning,
        summary: "Anybody may make a client in a realm, and the spec offers no `dcr`.",
        why:
            "Such a client shows your users a consent page of your own server, with a name that an unauthenticated caller chose.",
        remedy:
            "Switch on \"Host Sending Client Registration Request Must Match\" of the anonymous policy Trusted Hosts, or offer `dcr` in the spec."
    )
}

/// A realm that unauthenticated callers may register in, for no purpose of the spec.
struct RealmRegistrationOpenRule: RealmRule {
    let documentation = RuleDocumentation(
        .realmRegistrationOpen,
        failing: [
            RealmExample.example(
                RealmExample.replacing(
                    #""host-sending-registration-request-must-match": ["false"]"#,
                    by: #""host-sending-registration-request-must-match": ↓["false"]"#, in: RealmExample.text),
                registration: "predefined")
        ],
        passing: [RealmExample.agreeing], references: ["M#82"])

    let kind: RealmDifference.Kind = .open
}
