import ConnectorChecks
import ConnectorSpec
import Diagnostics
import TestSupport
import Testing

@Suite("a secret in a spec is found wherever it stands, and said by nobody")
struct PlantedSecretTests {
    @Test("a vendor's secret in each place of a spec", arguments: PlantedSecret.all.indices)
    func planted(index: Int) {
        let secret = PlantedSecret.all[index]
        for (number, spec) in SecretSpec.all.enumerated() {
            for environment in spec.place.hasPrefix("an overlay") ? [nil, "staging"] : [nil] {
                let (result, sources) = check(spec.text(with: secret), environment: environment)
                #expect(
                    result.diagnostics.contains { $0.code == .secretInSpec && $0.severity == .error },
                    "\(secret.vendor) as \(spec.place)")
                let said = result.diagnostics.map(Self.words).joined(separator: "\n")
                let report = Report(
                    diagnostics: result.diagnostics, sources: sources, exitCode: 2, secrets: result.secrets)
                // One form of each, and every form of every seventh.
                let forms = OutputFormat.allCases.enumerated().filter {
                    (index + number) % 7 == 0 || (index + number) % OutputFormat.allCases.count == $0.offset
                }.map { String(decoding: report.render($0.element), as: UTF8.self) }
                for part in secret.forbidden {
                    #expect(!said.contains(part), "\(secret.vendor) as \(spec.place): \(said)")
                    #expect(!forms.contains { $0.contains(part) }, "\(secret.vendor) as \(spec.place)")
                }
            }
        }
    }

    /// Every text of a finding.
    private static func words(_ finding: Diagnostic) -> String {
        let labels = ([finding.primary].compactMap(\.self) + finding.secondary).map(\.text)
        let fixes = finding.fixes.flatMap { [$0.title] + $0.edits.map(\.replacement) }
        return ([finding.message, finding.help ?? ""] + labels + finding.notes + fixes).joined(separator: "\n")
    }

    private func variables(_ lines: String) -> SpecCheck {
        check(
            """
            version: 1
            name: demo
            issuer: { url: https://mcp.example.com/mcp, mode: external }
            connectors:
              mcp: { public_url: https://mcp.example.com/mcp, upstream: "http://127.0.0.1:3930", client_id: cid_one }
            targets:
              env:
                - file: a.env
                  dialect: node
                  variables:
                    \(lines)

            """
        ).check
    }

    @Test(
        "a plain text under a name for secrets is found",
        arguments: [
            "DB_PASSWORD: hunter2", "API_KEY: abc", "MCP_TOKEN: abc", "SENTRY_DSN: https://sentry.example.com/1",
            "app_secret: abc", "dbPassword: abc", "OPENAI_APIKEY: abc", "KEY: abc", "SESSION_SALT: abc", "DB_PASS: abc",
            "SSH_PASSPHRASE: abc", "JWT_SECRET: \"12\"", "AWS_SECRET_ACCESS_KEY: abc", "SERVICE_CREDENTIALS: abc",
        ])
    func named(line: String) {
        #expect(variables(line).diagnostics.map(\.code) == [.secretInSpec], "\(line)")
    }

    @Test(
        "a name that only looks like one, a public key, a path or a switch is none",
        arguments: [
            "MONKEY: abc", "SIGNING_PUBLIC_KEY: abc", "NEXT_PUBLIC_API_KEY: abc", "TLS_KEY: /etc/tls/server.key",
            "REQUIRE_TOKEN: \"true\"", "API_KEY: \"\"", "TOKEN_ENDPOINT: abc", "PASSWORD_FILE: abc", "KEYBOARD: abc",
            "DB_PASSWORD: { env: DB_PASSWORD }", "SECRETARY: abc", "COMPASS: abc", "MAX_TOKENS: \"4096\"",
            "IMAGE_SHA256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "MCP_CLIENT_ID: cid_d4f90b6e27c84a13a85f1c0e93b7d652",
        ])
    func unnamed(line: String) {
        let found = variables(line).diagnostics.filter { $0.severity == .error }
        #expect(found.isEmpty, "\(line): \(found.map(\.message))")
    }

    @Test("a comment with a reason allows a name, and no shape")
    func allowed() {
        let allow = " # connectorgen: allow CG601 -- the name of a column"
        let named = variables("SORT_KEY: created_at" + allow)
        #expect(named.diagnostics.isEmpty, "\(named.diagnostics.map(\.message))")
        #expect(named.suppressed.map(\.reason) == ["the name of a column"])
        for value in [PlantedSecret.all[0].text, "00112233445566778899aabbccddeeff"] {
            let shaped = variables("SORT_KEY: \(value)" + allow)
            #expect(shaped.diagnostics.contains { $0.code == .secretInSpec })
            #expect(shaped.suppressed.isEmpty)
        }
    }

    @Test(
        "names are looked at in parameters of the login, in overlays and under unknown keys, and not in the spec's own keys"
    )
    func everywhere() {
        let text = """
            version: 1
            name: demo
            issuer:
              url: https://mcp.example.com/mcp
              mode: upstream
              login:
                provider: oidc
                issuer: https://login.example.com
                client_id: cid_login
                parameters: { api_key: one }
              endpoints: { token: /mcp/token }
              store: { sqlite: /var/lib/connectorgen/auth.db }
            connectors:
              mcp: { public_url: https://mcp.example.com/mcp, upstream: "http://127.0.0.1:3930", db_password: two }
            environments:
              staging:
                targets: { env: [{ file: a.env, dialect: node, variables: { DB_PASSWORD: three } }] }
            """
        let found = check(text).check.diagnostics.filter { $0.code == .secretInSpec }
        #expect(
            found.compactMap { $0.message.split(separator: "`").first.map(String.init) } == [
                "issuer.login.parameters.api_key", "connectors.mcp.db_password",
                "environments.staging.targets.env[0].variables.DB_PASSWORD",
            ], "\(found.map(\.message))")
    }

    @Test("one secret is one finding, whatever else is wrong with it")
    func once() {
        let url = "https://me:" + "not-a-real-password@mcp.example.com/mcp"
        let text = """
            version: 1
            name: demo
            issuer: { url: "\(url)", mode: external }
            connectors:
              mcp: { public_url: https://mcp.example.com/mcp, upstream: "http://127.0.0.1:3930", client_id: cid_one }
            """
        let found = check(text).check.diagnostics
        #expect(found.map(\.code) == [.secretInSpec], "\(found.map(\.message))")
    }
}
