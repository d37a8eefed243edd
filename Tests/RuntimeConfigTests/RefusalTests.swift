import Diagnostics
import RuntimeConfig
import Testing

@Suite("A config with a mistake is refused at the place of the mistake")
struct RefusalTests {
    @Test("unknown members name what is likely meant and what is allowed, at every level")
    func unknownMembers() {
        let source = SourceFile(
            path: "x.json", text: Samples.text.replacing("\"trusted_hosts\"", with: "\"trusted_host\""))
        let (config, diagnostics) = RuntimeConfig.decode(source, id: FileID(0))
        #expect(config == nil)
        let unknown = diagnostics.first { $0.code == .runtimeUnknownMember }
        #expect(unknown?.message == "`trusted_host` is not known")
        #expect(unknown?.help?.hasPrefix("did you mean `trusted_hosts`? allowed here: `$comment`, ") == true)
        for member in ["resource", "host", "kind", "uri", "sunset", "provider", "value", "file", "sqlite", "format"] {
            let findings = Samples.findings(replacing: "\"\(member)\":", by: "\"xx\": 1, \"\(member)\":")
            #expect(findings.contains { $0.hasPrefix("runtime-unknown-member <\"xx\">") }, "\(member): \(findings)")
        }
    }

    @Test("every member that the sample has is missed when it is gone, but for the banner")
    func missingMembers() {
        for line in Samples.text.split(separator: "\n") where line.hasPrefix("  \"") {
            let name = String(line.dropFirst(3).prefix { $0 != "\"" })
            let (config, findings) = Samples.decode(Samples.text.replacing("\n  \"\(name)\":", with: "\n  \"x\":"))
            #expect(config == nil)
            let isMissed = findings.contains { $0.contains("`\(name)` is missing") }
            #expect(isMissed == (name != "$comment"), "\(name): \(findings)")
        }
    }

    @Test(
        "single values are refused where they stand",
        arguments: [
            ("\"issuer\": \"https://mcp.example.com/mcp\"", "\"issuer\": 1", "runtime-wrong-type <1>"),
            ("\"issuer\": \"https://mcp.example.com/mcp\"", "\"issuer\": null", "runtime-wrong-type <null>"),
            ("\"issuer\": \"https://mcp.example.com/mcp\"", "\"issuer\": \"\"", "runtime-bad-value <\"\">"),
            (
                "\"issuer\": \"https://mcp.example.com/mcp\"", "\"issuer\": \"http://mcp.example.com\"",
                "runtime-bad-value <\"http://mcp.example.com\">"
            ),
            ("\"mode\": \"upstream\"", "\"mode\": \"upstreem\"", "runtime-bad-value <\"upstreem\">"),
            ("\"registration_methods\": [", "\"registration_methods\": [1, ", "runtime-wrong-type <1>"),
            ("\"registration_methods\": [", "\"registration_methods\": {}, \"x\": [", "runtime-wrong-type <{}>"),
            ("\"listen\": \"127.0.0.1:8719\"", "\"listen\": \"0.0.0.0:8719\"", "runtime-exposed-listener"),
            ("\"listen\": \"127.0.0.1:8719\"", "\"listen\": \"localhost\"", "runtime-bad-value <\"localhost\">"),
            ("\"listen\": \"127.0.0.1:8719\"", "\"listen\": \"127.0.0.1:99999\"", "runtime-bad-value"),
            ("\"access_lifetime\": 3600", "\"access_lifetime\": 0", "runtime-bad-value <0>"),
            ("\"access_lifetime\": 3600", "\"access_lifetime\": 1.5", "runtime-bad-value <1.5>"),
            ("\"access_lifetime\": 3600", "\"access_lifetime\": \"1h\"", "runtime-wrong-type <\"1h\">"),
            ("\"sunset\": \"2027-03-31\"", "\"sunset\": \"31.3.2027\"", "runtime-bad-value <\"31.3.2027\">"),
            ("\"path\": \"/api/token\"", "\"path\": \"api/token\"", "runtime-bad-value <\"api/token\">"),
            ("\"file\": \"/run/secret\"", "\"file\": \"secret\"", "runtime-bad-value <\"secret\">"),
            ("\"schema_version\": 2", "\"schema_version\": \"2\"", "runtime-wrong-type <\"2\">"),
            ("\"requests\": 60", "\"requests\": -1", "runtime-bad-value <-1>"),
            ("\"seconds\": 600", "\"seconds\": 0", "runtime-bad-value <0>"),
            ("\"unused_clients\": 10000", "\"unused_clients\": \"10000\"", "runtime-wrong-type <\"10000\">"),
            ("\"allow_introspection\": false", "\"allow_introspection\": \"no\"", "runtime-wrong-type <\"no\">"),
            ("\"enforce_client_uri_hosts\": true", "\"enforce_client_uri_hosts\": null", "runtime-wrong-type <null>"),
            ("\"assertions\": \"refused\"", "\"assertions\": \"refuse\"", "runtime-bad-value <\"refuse\">"),
            ("\"sha256\": \"0a", "\"sha256\": \"0A", "runtime-bad-value <\"0A"),
            ("\"sha256\": \"0a", "\"env\": \"BRIDGE\", \"sha256\": \"0a", "runtime-bad-value <{"),
        ])
    func values(old: String, new: String, expected: String) {
        let findings = Samples.findings(replacing: old, by: new)
        #expect(findings.contains { $0.hasPrefix(expected) }, "\(findings)")
    }

    @Test("a secret written out is refused and not repeated")
    func literalSecret() {
        let text = Samples.text.replacing("{\n        \"env\": \"CHATGPT_SECRET\"\n      }", with: "\"hunter2hunter2\"")
        let source = SourceFile(path: "x.json", text: text)
        let (config, diagnostics) = RuntimeConfig.decode(source, id: FileID(0))
        #expect(config == nil)
        #expect(diagnostics.count == 1)
        #expect(!diagnostics.contains { "\($0.message)\($0.help ?? "")\($0.notes)".contains("hunter2") })
    }

    @Test("a token written where its digest belongs is refused and not repeated")
    func literalToken() {
        let findings = Samples.findings(replacing: "\"sha256\": \"0a", by: "\"sha256\": \"hunter2-")
        #expect(findings.count == 1)
        #expect(!findings.contains { $0.split(separator: "> ").last?.contains("hunter2") ?? true })
    }

    @Test("another schema version says which one is read, and nothing else")
    func schemaVersion() {
        let newer = Samples.findings(replacing: "\"schema_version\": 2", by: "\"schema_version\": 3, \"new\": true")
        #expect(
            newer == [
                "runtime-schema-version <3> the file has schema version 3, this connectorgen-auth reads version 2"
            ])
    }

    @Test(
        "members that disagree are refused",
        arguments: [
            (
                "\"private_listen\": \"unix:/run/connectorgen/private.sock\"", "\"private_listen\": \"127.0.0.1:8719\"",
                "runtime-inconsistent <\"127.0.0.1:8719\">"
            ),
            ("\"mode\": \"upstream\"", "\"mode\": \"local\"", "runtime-missing-member <\"local\"> `users` is missing"),
            ("\"mode\": \"upstream\"", "\"mode\": \"external\"", "runtime-inconsistent <{"),
            (
                "\"name\": \"token\"", "\"name\": \"revoke\"",
                "runtime-missing-member <\"upstream\"> `endpoints` lacks `token`"
            ),
            (
                "\"format\": \"opaque\"", "\"format\": \"jwt\"",
                "runtime-missing-member <\"upstream\"> `endpoints` lacks `jwks`"
            ),
            ("\"client_secret_post\"", "\"none\"", "runtime-inconsistent <{"),
            (
                "\"issuer\":\"https://mcp.example.com/mcp\",\"mcp\"",
                "\"issuer\":\"https://mcp.example.com/mcp/\",\"mcp\"",
                "runtime-inconsistent <\"https://mcp.example.com/mcp/\">"
            ),
            (
                "\"resource\":\"https://mcp.example.com\"}", "\"resource\":\"https://other.example.com\"}",
                "runtime-inconsistent <\"https://other.example.com\">"
            ),
            ("\"path\": \"/api/token\"", "\"path\": \"/mcp/token\"", "runtime-inconsistent <\"/mcp/token\">"),
            (
                "\"client_secret_post\"", "\"private_key_jwt\"",
                "runtime-inconsistent <{"
            ),
            (
                "\"allow_introspection\": false",
                "\"allow_introspection\": false, \"jwks_uri\": \"https://a.example/keys\"",
                "runtime-inconsistent <\"https://a.example/keys\">"
            ),
            ("\"assertions\": \"refused\"", "\"assertions\": \"accepted\"", "runtime-inconsistent <["),
            (
                "\"subject\": \"service-bridge\",\n      \"resource\": \"https://mcp.example.com/mcp\"",
                "\"subject\": \"service-bridge\",\n      \"resource\": \"https://mcp.example.com\"",
                "runtime-inconsistent <\"https://mcp.example.com\">"
            ),
            (
                "\"https://mcp.example.com/mcp\",\n      \"scopes\": [\n        \"mcp.tools\"",
                "\"https://mcp.example.com/mcp\",\n      \"scopes\": [\n        \"mcp.admin\"",
                "runtime-inconsistent <\"mcp.admin\">"
            ),
            ("\"grant_lifetime\": 7776000", "\"grant_lifetime\": 86400", "runtime-inconsistent <2592000>"),
            (
                "\"path\": \"/.well-known/openai-apps-challenge\"",
                "\"path\": \"/.well-known/oauth-protected-resource\"", "runtime-inconsistent <{"
            ),
        ])
    func disagreements(old: String, new: String, expected: String) {
        let findings = Samples.findings(replacing: old, by: new)
        #expect(findings.contains { $0.hasPrefix(expected) }, "\(findings)")
    }

    @Test("all errors come in one run")
    func allErrors() {
        let text = Samples.text.replacing("\"opaque\"", with: "\"paseto\"").replacing("\"oidc\"", with: "\"ldap\"")
            .replacing("\"dynamic\"", with: "7").replacing("\"/mcp/token\"", with: "\"\"")
        #expect(Samples.decode(text).findings.count == 4)
    }

    @Test(
        "what is no JSON is refused at the byte",
        arguments: ["", "{", "[]", "nul", "{\"a\":1,\"a\":2}", "{} {}", "\u{FEFF}{}", "{\"a\":01}"])
    func syntax(text: String) {
        let (config, findings) = Samples.decode(text)
        #expect(config == nil)
        #expect(findings.count == 1)
    }
}
