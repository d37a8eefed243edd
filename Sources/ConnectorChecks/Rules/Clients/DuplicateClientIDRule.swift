import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let duplicateClientID = DiagnosticCode(
        305, "duplicate-client-id",
        summary: "Two entries of `clients` have the same id, or name the same profile.",
        why: "Which of the two statuses, secrets and redirect lists holds would depend on the order of the file.",
        remedy: "Join the two entries, or give the second client an id of its own.")
}

/// One client id that two entries of `clients:` describe.
struct DuplicateClientIDRule: Rule {
    let documentation = RuleDocumentation(
        .duplicateClientID, isHard: true,
        failing: [
            RuleExample(top: "clients: [{ id: cid_one }, { id: ↓cid_one, status: legacy }]"),
            RuleExample(top: "clients: [claude, ↓claude-ai]"),
        ],
        passing: [
            RuleExample(top: "clients: [chatgpt, claude, { id: cid_one }, { id: cid_One }]"),
            RuleExample(top: "clients: [{ profile: chatgpt, id: app_one }, { profile: chatgpt, id: app_two }]"),
        ], references: ["M#204"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        var ids: [ClientID: Span] = [:]
        var profiles: [String: Span] = [:]
        var findings: [Diagnostic] = []
        for client in context.draft.clients {
            if let id = client.id {
                if let first = ids[id.value] {
                    findings.append(
                        finding(
                            "the client id `\(id.value.text)` is given twice", at: id.span, "given again",
                            secondary: [Label(first, "first given here")], help: "join the two entries"))
                }
                ids[id.value] = ids[id.value] ?? id.span
            } else if let name = client.profile,
                let profile = context.clients.profile(named: name.value)
            {
                if let first = profiles[profile.name] {
                    findings.append(
                        finding(
                            "the client profile `\(profile.name)` is named twice", at: name.span, "named again",
                            secondary: [Label(first, "first named here")], help: "remove one of the two"))
                }
                profiles[profile.name] = profiles[profile.name] ?? name.span
            }
        }
        return findings
    }
}
