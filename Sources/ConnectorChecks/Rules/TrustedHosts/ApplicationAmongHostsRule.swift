import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let applicationAmongHosts = DiagnosticCode(
        516, "application-among-hosts", .warning,
        summary: "`trusted_hosts` has an entry that reads like the scheme of an application.",
        why:
            "A redirect like `com.example.app:/oauth` has no host, so that no trusted host covers it, and the application "
            + "is refused when it registers.",
        remedy: "Write the whole redirect into `trusted_redirects`.")
}

/// The scheme of an application among the trusted hosts.
struct ApplicationAmongHostsRule: Rule {
    let documentation = RuleDocumentation(
        .applicationAmongHosts,
        failing: [
            RuleExample(top: "trusted_hosts: [chatgpt.com, ↓com.raycast]"),
            RuleExample(top: "trusted_hosts: [↓io.example.app]"),
        ],
        passing: [
            RuleExample(top: "trusted_hosts: [raycast.com, app.example.io]"),
            RuleExample(top: "trusted_redirects: [\"com.raycast:/oauth\"]"),
        ], references: ["RFC 8252 §7.1"])

    /// Top-level domains that begin the schemes of applications, which are domains read backwards; those that are usual
    /// as the first label of a host (`app`, `dev`) are not among them.
    private static let domains: Set<String> = ["com", "io", "net", "org"]

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.trustedHosts.compactMap { host in
            let first = host.value.text.split(separator: ".").first.map(String.init) ?? ""
            guard !host.value.isWildcard, Self.domains.contains(first) else { return nil }
            return finding(
                "`\(host.value.text)` reads like the scheme of an application, for which a trusted host stands for nothing",
                at: host.span, "covers https redirects alone",
                help:
                    "write `trusted_redirects: [\"\(host.value.text):/…\"]` with the redirect that the application sends"
            )
        }
    }
}
