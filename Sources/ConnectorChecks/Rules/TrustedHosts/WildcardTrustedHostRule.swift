import ConnectorSpec
import Diagnostics

/// A pattern among the trusted hosts.
struct WildcardTrustedHostRule: Rule {
    let documentation = RuleDocumentation(
        .wildcardTrustedHost, .warning,
        summary: "A trusted host is a pattern: a warning for `*.domain`, an error for a wider one.",
        why:
            "Whoever can bring a page to one of the covered hosts may register a client and receive authorization codes. "
            + "Domains where customers get hosts of their own make that anybody.",
        remedy: "List the hosts one by one.",
        failing: [
            RuleExample(top: "trusted_hosts: [↓\"*.example.org\"]"),
            RuleExample(top: "trusted_hosts: [↓\"*\"]"),
            RuleExample(top: "trusted_hosts: [↓\"*.com\"]"),
        ],
        passing: [RuleExample(top: "trusted_hosts: [chatgpt.com, claude.ai]")],
        references: ["M#79", "M#98"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.trustedHosts.filter(\.value.isWildcard).map { host in
            finding(
                "`trusted_hosts` admits every host below `\(host.value.text.dropFirst(2))`", at: host.span,
                "every host below", help: "list the hosts one by one")
        }
    }
}
