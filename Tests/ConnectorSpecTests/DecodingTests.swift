import ConnectorSpec
import Diagnostics
import OAuthModel
import TestSupport
import Testing
import WebSyntax
import YAMLSyntax

@Suite struct DecodingTests {
    private struct Read {
        let draft: PartialSpec
        let diagnostics: [Diagnostic]
        let sources: SourceMap

        var codes: [DiagnosticCode] { diagnostics.map(\.code) }
        func place(_ code: DiagnosticCode) -> String? {
            diagnostics.first { $0.code == code }?.primary.map { sources.location(of: $0.span) }
        }
    }

    private func read(_ text: String, environment: String? = nil) throws -> Read {
        var sources = SourceMap()
        let file = SourceFile(path: "c.yaml", text: text)
        let id = sources.add(file)
        let root = try #require(YAML.parse(file, id: id).root)
        let (draft, diagnostics) = PartialSpec.decode(root, sources: sources, environment: environment)
        return Read(draft: draft, diagnostics: diagnostics, sources: sources)
    }

    private let small = """
        version: 1
        name: demo
        issuer: { url: https://mcp.example.com/mcp, mode: external }
        connectors:
          mcp: { public_url: https://mcp.example.com/mcp, upstream: "http://127.0.0.1:3930" }

        """

    @Test("the spec of the design is read whole")
    func design() throws {
        let text = try #require(Golden("examples/dexter/connector.yaml").text)
        let read = try read(text)
        #expect(read.diagnostics.isEmpty, "\(read.diagnostics.map(\.message))")
        let spec = try #require(read.draft.spec)
        #expect(spec.issuer.url.value.text == "https://dexter.cash/mcp")
        #expect(spec.issuer.login?.provider.value == .supabase)
        #expect(spec.connectors.first?.clientID.value?.text.hasPrefix("cid_") == true)
        #expect(spec.connectors.first?.legacyAliases.isEmpty == false)
    }

    @Test("every kind of section is read into its type")
    func everything() throws {
        let read = try read(
            """
            version: 1
            name: demo
            issuer:
              url: https://mcp.example.com/mcp
              mode: upstream
              listen: unix:/run/connectorgen/auth.sock
              private_listen: 127.0.0.1:8720
              login:
                provider: auth0
                issuer: https://tenant.us.auth0.com/
                client_id: abc
                client_secret: { file: /etc/connectorgen/secret }
                scopes: [openid]
                parameters: { audience: https://api.example.com, prompt: login }
              registration: [predefined, dcr]
              dcr: static-client
              store: { postgres: { env: DATABASE_URL } }
              tokens: { format: jwt, access_lifetime: 15m, refresh_lifetime: 30d }
              openid: true
              root_metadata: alias
              origin_fallbacks: false
              endpoints: { authorize: /oauth2/authorize }
            connectors:
              mcp:
                public_url: https://mcp.example.com/mcp
                resource: https://mcp.example.com/mcp
                client_id: cid_one
                upstream: unix:/run/mcp.sock
                scopes: [mcp.tools, mcp.admin]
                aliases: [/mcp2]
                alias_hosts: [other.example.com]
                legacy_aliases: [{ path: /api/oauth, sunset: 2027-03-31, default_client: cid_old }]
                root_prm: off
                verify: application
                allowed_origins: [https://chatgpt.com]
                cors: nginx
                rate_limit: 10/s burst 20
                max_body: 4m
                read_timeout: 1h
            clients:
              - chatgpt
              - { profile: claude, status: legacy }
              - { id: cid_two, label: bot, redirect_uris: ["https://c.example.com/cb"],
                  auth_method: client_secret_basic, secret: { env: BOT_SECRET } }
            trusted_hosts: [chatgpt.com, "*.example.com"]
            trusted_redirects: ["com.raycast:/oauth"]
            targets:
              nginx: { version: 1.22, server_names: [mcp.example.com], metadata: proxied, acme: external }
              env:
                - file: mcp.env
                  dialect: pm2
                  app: mcp
                  connector: mcp
                  preset: dexter
                  variables: { A: text, EMPTY: "", B: { from: issuer.url }, C: { env: OTHER }, D: { file: /run/x } }
              keycloak: { realm: mcp, server: "http://127.0.0.1:5050/auth", version: 26.4, default_scope: temporary,
                          admin_realm: master, admin_client: ci, tolerate_all_scopes: true }
            """)
        #expect(read.diagnostics.isEmpty, "\(read.diagnostics.map(\.message))")
        let spec = try #require(read.draft.spec)
        #expect(spec.issuer.tokens?.accessLifetime?.value.seconds == 900)
        #expect(spec.issuer.login?.parameters.map(\.name.value) == ["audience", "prompt"])
        #expect(spec.issuer.login?.issuer.value.text == "https://tenant.us.auth0.com/")
        #expect(spec.clients.map(\.profile?.value) == ["chatgpt", "claude", nil])
        #expect(spec.targets.nginx?.version?.value.numbers == [1, 22])
        #expect(spec.targets.env.first?.variables.map(\.name.value.text) == ["A", "EMPTY", "B", "C", "D"])
        #expect(spec.targets.env.first?.variables.map(\.value.value).first == .literal("text"))
        #expect(spec.targets.env.first?.variables[2].value.value == .plan("issuer.url"))
    }

    @Test("all errors come in one run, each at its own place")
    func allErrors() throws {
        let read = try read(
            "version: 1\nname: Demo\nissuer: { url: http://a.example.com, mode: upsteam }\nconnectors:\n"
                + "  mcp: { public_url: https://a.example.com/mcp/, aliases: [x, /y/] }\nclients: [nobody]\n")
        #expect(read.draft.spec == nil)
        #expect(
            Set(read.codes) == [.invalidValue, .notHTTPS, .unknownName, .missingKey, .trailingSlash])
        #expect(read.diagnostics.count == 8)
        #expect(read.diagnostics.arranged == read.diagnostics)
        #expect(read.place(.missingKey) == "c.yaml:5:3")
    }

    @Test("null, empty and missing are three findings")
    func nothings() throws {
        for (value, code) in [("null", DiagnosticCode.nullValue), ("''", .emptyValue), ("", .nullValue)] {
            let read = try read(small + "targets: { env: [{ file: a.env, dialect: pm2, app: \(value) }] }\n")
            #expect(read.codes == [code], "\(value)")
        }
        #expect(try read("version: 1\nname: demo\n").codes == [.missingKey, .missingKey])
    }

    @Test(
        "a service token in the spec is refused and never repeated",
        arguments: [
            ("hunter2hunter2", DiagnosticCode.secretInSpec), ("{ sha256: hunter2hunter2 }", .invalidValue),
            ("{ sha256: hunter2, env: A }", .keyCombination), ("{ sha256: [hunter2] }", .wrongKind),
            ("{ sha256: null }", .nullValue), ("{}", .keyCombination),
        ])
    func serviceToken(token: String, code: DiagnosticCode) throws {
        let text = small.replacing("3930\" }", with: "3930\", service_tokens: [{ label: a, token: \(token) }] }")
        let read = try read(text)
        #expect(read.codes == [code])
        for finding in read.diagnostics {
            #expect(!"\(finding.message)\(finding.help ?? "")\(finding.notes)".contains("hunter2"))
        }
    }

    @Test("an unknown key lists those that are allowed, and a near one is offered as a fix")
    func unknownKeys() throws {
        let read = try read(small + "trusted-host: [a.example.com]\n")
        let finding = try #require(read.diagnostics.first)
        #expect(finding.code == .unknownKey && finding.help == "did you mean `trusted_hosts`?")
        #expect(finding.notes.first?.contains("clients, trusted_hosts") == true)
        #expect(finding.fixes.first?.edits.first?.replacement == "trusted_hosts")
    }

    @Test("an environment is laid over the base, and an unknown one lists those there are")
    func environments() throws {
        let text =
            small
            + "environments:\n  staging:\n    issuer: { url: https://staging.example.com/mcp }\n"
            + "    connectors: { mcp: { scopes: [a] }, two: { public_url: https://staging.example.com/two,"
            + " upstream: 'http://127.0.0.1:1' } }\n"
        let base = try #require(try read(text).draft.spec)
        #expect(base.issuer.url.value.text == "https://mcp.example.com/mcp" && base.connectors.count == 1)
        let staged = try #require(try read(text, environment: "staging").draft.spec)
        #expect(staged.issuer.url.value.text == "https://staging.example.com/mcp")
        #expect(staged.issuer.mode.value == .external)
        #expect(staged.connectors.map(\.name.value.text) == ["mcp", "two"])
        #expect(staged.connectors.first?.scopes.map(\.value.text) == ["a"])
        let unknown = try read(text, environment: "stagign")
        #expect(unknown.codes == [.unknownEnvironment])
        #expect(unknown.diagnostics.first?.help == "did you mean `staging`?")
        #expect(unknown.diagnostics.first?.message.contains("known: staging") == true)
    }

    @Test("overlays are checked for unknown keys though nobody asks for them, and may not nest")
    func overlayKeys() throws {
        let read = try read(small + "environments: { a: { isuer: {} }, b: { environments: {} } }\n")
        #expect(read.codes == [.unknownKey, .unknownKey])
        #expect(read.draft.spec != nil)
    }

    @Test("a spec of another kind than a mapping is refused", arguments: ["[]", "text", "1"])
    func otherKinds(text: String) throws {
        let read = try read(text)
        #expect(read.codes == [.wrongKind] && read.draft.spec == nil)
    }

    @Test("reading takes any tree of any shape without a trap", arguments: [11, 12, 13] as [UInt64])
    func randomTrees(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let keys = SectionTable.all.flatMap(\.keys).map(\.name)
        func node(_ depth: Int) -> String {
            switch Int.random(in: 0...(depth > 0 ? 9 : 5), using: &generator) {
            case 0: return "null"
            case 1: return "\"\""
            case 2: return "https://a.example.com/x"
            case 3: return "[]"
            case 4: return "true"
            case 5: return "chatgpt"
            case 6: return "[\(node(depth - 1)), \(node(depth - 1))]"
            default:
                var seen: Set<String> = []
                let entries = (0..<Int.random(in: 1...6, using: &generator)).compactMap { _ -> String? in
                    let key = keys[Int.random(in: 0..<keys.count, using: &generator)]
                    return seen.insert(key).inserted ? "\(key): \(node(depth - 1))" : nil
                }
                return "{ \(entries.joined(separator: ", ")) }"
            }
        }
        for _ in 0..<300 {
            let text = SectionTable.all[0].keys.map { "\($0.name): \(node(4))" }.joined(separator: "\n")
            let read = try read(text)
            for diagnostic in read.diagnostics {
                let end = diagnostic.primary?.span.end ?? 0
                #expect(end <= text.utf8.count)
            }
        }
    }
}
