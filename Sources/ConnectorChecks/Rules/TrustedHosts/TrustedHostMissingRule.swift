import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let trustedHostMissing = DiagnosticCode(
        501, "trusted-host-missing",
        summary: "A client's redirect goes to a host that is not trusted.",
        why:
            "`trusted_hosts` says who may register and be redirected to. A client whose own redirect it does "
            + "not cover is refused when it registers (\"Policy 'Trusted Hosts' rejected request\") or when it "
            + "comes back.",
        remedy: "Add the host to `trusted_hosts`. The hosts of enabled profiles are trusted already.")
}

/// A redirect to a host that nobody may be redirected to.
struct TrustedHostMissingRule: Rule {
    let documentation = RuleDocumentation(
        .trustedHostMissing,
        failing: [
            RuleExample(
                top: "trusted_hosts: [chatgpt.com]\nclients:\n  - id: cid_one\n"
                    + "    redirect_uris: [↓\"https://client.example.com/callback\"]")
        ],
        passing: [
            RuleExample(
                top: "trusted_hosts: [\"*.example.com\"]\nclients:\n  - id: cid_one\n"
                    + "    redirect_uris: [\"https://client.example.com/callback\"]"),
            RuleExample(
                top: "trusted_hosts: [chatgpt.com]\nclients:\n  - claude\n  - id: cid_one\n"
                    + "    redirect_uris: [\"https://claude.ai/api/mcp/auth_callback\"]"),
            RuleExample(
                top: "trusted_hosts: [chatgpt.com]\nclients:\n  - id: cid_one\n"
                    + "    redirect_uris: [\"http://127.0.0.1:3000/cb\", \"http://localhost:3000/cb\"]"),
        ], references: ["M#78", "M#79"])

    let reads: Set<SpecPart> = [.clients]

    func check(_ context: RuleContext) -> [Diagnostic] {
        let trusted = context.draft.trustedHosts
        guard let first = trusted.first else { return [] }
        let fromProfiles = Set(
            context.draft.clients.compactMap(\.profile).compactMap { context.clients.profile(named: $0.value) }
                .flatMap(\.trustedHosts))
        return context.draft.clients.filter { $0.status?.value != .ignored }.flatMap(\.redirectURIs).compactMap { uri in
            guard !uri.value.isLoopback, let host = uri.value.host, !host.isEmpty, !fromProfiles.contains(host),
                !trusted.contains(where: { $0.value.covers(host) })
            else { return nil }
            return finding(
                "`\(uri.value.text)` goes to `\(host)`, which `trusted_hosts` does not list", at: uri.span,
                "not trusted", secondary: [Label(first.span, "the trusted hosts")],
                help: "add `\(host)` to `trusted_hosts`")
        }
    }
}
