import ConnectorSpec
import Diagnostics
import WebSyntax

/// A pattern among the trusted hosts.
struct WildcardTrustedHostRule: Rule {
    let documentation = RuleDocumentation(
        .wildcardTrustedHost,
        failing: [
            RuleExample(top: "trusted_hosts: [↓\"*.example.org\"]"),
            RuleExample(top: "trusted_hosts: [↓\"*\"]"),
            RuleExample(top: "trusted_hosts: [↓\"*.com\"]"),
        ], passing: [RuleExample(top: "trusted_hosts: [chatgpt.com, claude.ai]")], references: ["M#79", "M#98"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.trustedHosts.filter(\.value.isWildcard).map { host in
            finding(
                "`trusted_hosts` admits every host below `\(host.value.text.dropFirst(2))`", at: host.span,
                "every host below", help: "list the hosts one by one")
        }
    }
}
