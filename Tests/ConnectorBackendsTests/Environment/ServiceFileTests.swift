import ConnectorBackends
import ConnectorChecks
import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import Foundation
import TestSupport
import Testing

/// What an operator needs beside an env file: what PM2 starts, and where secrets stand.
@Suite("env files that services can be started with")
struct ServiceFileTests {
    private func compile(_ targets: String) -> Compilation {
        .compile(
            SourceFile(
                path: "connector.yaml",
                text: """
                    version: 1
                    name: example
                    issuer:
                      url: https://mcp.example.com/mcp
                      mode: local
                      users: { file: /etc/connectorgen/users }
                      store: { sqlite: /var/lib/connectorgen/auth.db }
                    connectors:
                      mcp:
                        public_url: https://mcp.example.com/mcp
                        upstream: http://127.0.0.1:3930
                        client_id: cid_example
                        scopes: [mcp.tools]
                    targets:
                      env:
                    \(targets)
                    """), options: CompilationOptions())
    }

    private func text(_ path: String, _ compilation: Compilation) throws -> String {
        let found = compilation.artifacts.first { $0.path == path }
        return String(decoding: try #require(found, "\(compilation.diagnostics.map(\.message))").bytes, as: UTF8.self)
    }

    @Test("a file for PM2 without a script, or with a name that PM2 would run, is an error")
    func unstartable() {
        func codes(_ target: String) -> [DiagnosticCode] { compile("    - " + target).diagnostics.map(\.code) }
        #expect(codes("{ file: a.config.json, dialect: pm2, variables: { A: b } }") == [.pm2FileUnstartable])
        #expect(
            codes("{ file: a.env, dialect: pm2, script: server.mjs, variables: { A: b } }") == [.pm2FileUnstartable])
        #expect(codes("{ file: a.config.json, dialect: pm2, script: server.mjs, variables: { A: b } }").isEmpty)
    }

    @Test(
        "keys for PM2 at another dialect are said to have no effect",
        arguments: ["app: a", "script: a", "cwd: /a", "interpreter: a"])
    func unused(_ key: String) {
        let found = compile("    - { file: a.env, dialect: node, \(key), variables: { A: b } }").diagnostics
        #expect(found.map(\.code) == [.pm2KeyUnused] && found.map(\.severity) == [.warning])
    }

    @Test("the runbook names the file that PM2 starts, and takes secrets from the shell that calls it")
    func runbook() throws {
        let plain = compile("    - { file: a.config.json, dialect: pm2, app: web, script: s.mjs, variables: { A: b } }")
        let page = try text("runbook.md", plain)
        #expect(page.contains("`pm2 startOrReload a.config.json && pm2 save`"), "\(page)")
        #expect(!page.contains("pm2 restart") && !page.contains("Secrets of the services"))
        let secret = compile(
            "    - { file: a.config.json, dialect: pm2, script: s.mjs, variables: { S: { env: SOME_SECRET } } }")
        let lines = try text("runbook.md", secret)
        #expect(
            lines.contains(
                "set -a; . ./a.config.secrets.env; set +a\npm2 startOrReload a.config.json --update-env && pm2 save\n"),
            "\(lines)")
        #expect(lines.contains("- `S`: from `env SOME_SECRET`"))
        #expect(try text("env/a.config.json", secret).contains("secrets stand in a.config.secrets.env"))
    }

    @Test("Node reads the file that PM2 gets", .enabled(if: Tool.node.isAvailable, "no Node"))
    func node() async throws {
        let compilation = compile(
            "    - { file: a.config.json, dialect: pm2, script: s.mjs, cwd: /srv/a b, interpreter: none, variables: { A: \"it's\" } }"
        )
        let folder = try TemporaryFolder()
        let path = try folder.write("a.config.json", Array(try text("env/a.config.json", compilation).utf8))
        let script =
            "const a = require(process.argv[1]).apps[0]; console.log([a.name, a.script, a.cwd, a.interpreter, a.env.A].join('|'))"
        let run = try await ChildProcess.run(try Tool.node.required(), ["-e", script, path])
        #expect(run.output == "example|s.mjs|/srv/a b|none|it's\n", "\(run.errors)")
    }

    @Test("the secrets' file is none of the outputs, whatever they are called")
    func names() throws {
        let compilation = compile(
            """
                - { file: a.env, dialect: node, variables: { S: { env: SOME_SECRET } } }
                - { file: A.secrets.env, dialect: node, variables: { A: b } }
            """)
        #expect(try text("env/a.env", compilation).contains("# secrets stand in own.a.secrets.env, "))
    }

    @Test(
        "systemd takes the unit's lines of the runbook, and reads both files",
        .enabled(if: Tool.systemdAnalyze.isAvailable, "systemd-analyze is not installed"))
    func systemd() async throws {
        let compilation = compile(
            "    - { file: app.env, dialect: systemd, variables: { A: b, S: { env: SOME_SECRET } } }")
        let page = try text("runbook.md", compilation)
        let block = try #require(page.split(separator: "```ini\n").dropFirst().first?.split(separator: "```").first)
        #expect(
            block.contains(
                "\nEnvironmentFile=/etc/connectorgen/app.env\nEnvironmentFile=/etc/connectorgen/app.secrets.env\n"))
        let folder = try TemporaryFolder()
        let unit = try folder.write("app.service", Array("[Unit]\nDescription=x\n\(block)ExecStart=/bin/true\n".utf8))
        let verdict = try await ChildProcess.run(try Tool.systemdAnalyze.required(), ["verify", "--man=no", unit])
        #expect(verdict.exit == .code(0) && !verdict.errors.contains("app.service"), "\(verdict.errors)")
        let broken = try folder.write(
            "broken.service", Array("[Service]\nEnvironmentFile=app.env\nExecStart=/bin/true\n".utf8))
        let refused = try await ChildProcess.run(try Tool.systemdAnalyze.required(), ["verify", "--man=no", broken])
        #expect(refused.errors.contains("broken.service"), "the reader would have said it")
    }
}
