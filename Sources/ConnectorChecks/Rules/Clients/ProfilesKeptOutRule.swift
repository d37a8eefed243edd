import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let profilesKeptOut = DiagnosticCode(
        515, "profiles-kept-out", .note,
        summary: "Clients of the catalogue cannot register here.",
        why:
            "A client registers with redirects and pages on hosts of its own. Where the spec does not name them it is "
            + "refused, and its user reads that registration failed.",
        remedy:
            "Nothing, where that is meant. Otherwise add the profiles to `clients`, or their hosts to `trusted_hosts`.")
}

/// Profiles of the catalogue that could register if the spec named them.
struct ProfilesKeptOutRule: Rule {
    let documentation = RuleDocumentation(
        .profilesKeptOut,
        failing: [
            RuleExample(issuer: "registration: [dcr]", top: "clients: [↓chatgpt]"),
            RuleExample(
                issuer: "registration: [predefined, dcr]",
                top: "clients: [↓claude, vscode]\ntrusted_hosts: [cursor.com]"),
        ],
        passing: [
            RuleExample(issuer: "registration: [predefined]", top: "clients: [{ profile: chatgpt, id: cid_one }]"),
            RuleExample(top: "clients: [chatgpt]"),
            RuleExample(
                issuer: "registration: [dcr]",
                top: "clients: [chatgpt, codex, claude, claude-code, vscode, cursor, inspector, mcp-remote]"),
        ], references: ["RFC 7591 §5"])

    let reads: Set<SpecPart> = [.issuer, .clients]

    func check(_ context: RuleContext) -> [Diagnostic] {
        // With `cimd` most of them come in by their documents.
        guard let plan = context.plan, plan.issuer.registrationMethods.contains(.dcr), plan.issuer.dcr == .dynamic,
            !plan.issuer.registrationMethods.contains(.cimd), plan.issuer.isBundled,
            let first = context.draft.clients.first
        else { return [] }
        let enabled = Set(plan.clients.compactMap(\.profile))
        let trusted = patterns(context.draft.trustedHosts, plan.trustedHosts)
        let pages = trusted + patterns(context.draft.clientURIHosts, plan.clientURIHosts)
        let kept = context.clients.profiles.filter { profile in
            guard !enabled.contains(profile.name), profile.registrationMethods.contains(.dcr) else { return false }
            // Every program on a person's own machine may register.
            return !profile.trustedHosts.allSatisfy { host in LoopbackHost.contains(host) || Self.covers(trusted, host)
            }
                || !profile.clientURIHosts.allSatisfy { Self.covers(pages, $0) }
        }
        guard !kept.isEmpty else { return [] }
        let names = kept.map(\.name).joined(separator: ", ")
        return [
            finding(
                "\(kept.count == 1 ? "a profile" : "\(kept.count) profiles") of the catalogue cannot register: \(names)",
                at: first.profile?.span ?? first.id?.span ?? first.span,
                help: "add to `clients` those that are to come in, or their hosts to `trusted_hosts`")
        ]
    }

    private func patterns(_ written: [Located<HostPattern>], _ planned: [TrustedHost]) -> [String] {
        written.map(\.value.text) + planned.map(\.pattern)
    }

    private static func covers(_ patterns: [String], _ host: String) -> Bool {
        patterns.contains { pattern in (try? HostPattern(parsing: pattern))?.covers(host) ?? (pattern == host) }
    }
}
