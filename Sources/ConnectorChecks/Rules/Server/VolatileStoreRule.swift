import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let volatileStore = DiagnosticCode(
        701, "volatile-store",
        summary: "The bundled server has no store, or one in a folder that a restart empties.",
        why:
            "Clients register once and keep their identifier for ever. When the server forgets them, every "
            + "connector is dead until its user removes and adds it again, and every token is refused.",
        remedy: "Give `issuer.store` a file on a disk that stays, or a PostgreSQL database.")
}

/// Grants in a place that does not outlive a restart.
struct VolatileStoreRule: Rule {
    let documentation = RuleDocumentation(
        .volatileStore,
        failing: [
            RuleExample(issuer: "# no store\nmode: ↓local\nusers: { file: /etc/connectorgen/users }"),
            RuleExample(issuer: "store: { sqlite: ↓/tmp/auth.db }"),
        ],
        passing: [
            RuleExample(issuer: "store: { sqlite: /var/lib/connectorgen/auth.db }"),
            RuleExample(
                issuer: CapabilityRule.allowance
                    + "store: { postgres: { env: DATABASE_URL } }\nkey: { env: SERVER_KEY }"),
            RuleExample(issuer: "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store"),
        ], references: ["M#132", "M#92"])

    private static let volatile = ["/tmp/", "/var/tmp/", "/dev/shm/", "/run/", "/var/run/"]

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value != .external else { return [] }
        guard let store = issuer.store else {
            return issuer.hasStore ? [] : [missing(for: issuer)]
        }
        guard case .sqlite(let path) = store.value, let folder = Self.volatile.first(where: path.hasPrefix) else {
            return []
        }
        return [
            finding(
                "`issuer.store` keeps grants under \(folder), which a restart may empty", at: store.span,
                "does not outlive a restart", severity: .warning,
                help: "use a folder that stays, `/var/lib/connectorgen/auth.db`")
        ]
    }

    private func missing(for issuer: IssuerSection) -> Diagnostic {
        finding(
            "`issuer` has no `store` in mode \(issuer.mode.value.rawValue)", at: issuer.mode.span,
            "the bundled server issues tokens", help: "add `store: { sqlite: /var/lib/connectorgen/auth.db }`")
    }
}
