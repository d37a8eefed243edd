/// Specs that hold a text somewhere: in each kind of value, in keys, comments, overlays, and in what is no spec at all.
package struct SecretSpec: Sendable, CustomStringConvertible {
    package let place: String
    private let template: String
    /// A key that `explain` can be asked about.
    package let key: String
    package var description: String { place }

    private init(_ place: String, _ template: String, key: String = "name") {
        (self.place, self.template, self.key) = (place, template, key)
    }

    package func text(with secret: PlantedSecret) -> String {
        let first = secret.text.unicodeScalars.first.map { String($0.value, radix: 16) } ?? ""
        let escaped = "\\x" + String(repeating: "0", count: 2 - first.count) + first + secret.text.dropFirst()
        return template.replacing("ESCAPED", with: escaped).replacing("PLANT", with: secret.text)
    }

    /// A whole spec with one line changed, or with lines behind it.
    private static func changed(_ place: String, _ old: String, _ new: String, key: String = "name") -> SecretSpec {
        precondition(base.contains(old))
        return SecretSpec(place, base.replacing(old, with: new), key: key)
    }

    private static func added(_ place: String, _ lines: String, key: String = "name") -> SecretSpec {
        SecretSpec(place, base + lines + "\n", key: key)
    }

    private static let base = """
        version: 1
        name: demo
        issuer:
          url: https://mcp.example.com/mcp
          mode: upstream
          login:
            provider: oidc
            issuer: https://login.example.com
            client_id: cid_login
            client_secret: { env: LOGIN_SECRET }
            parameters: { audience: none-yet }
          store: { sqlite: /var/lib/connectorgen/auth.db }
        connectors:
          mcp:
            public_url: https://mcp.example.com/mcp
            client_id: cid_example
            upstream: http://127.0.0.1:3930
            scopes: [mcp.tools]
        clients:
          - { id: cid_bot, label: bot, owner: team, redirect_uris: ["https://chatgpt.com/cb"] }
        trusted_hosts: [chatgpt.com]
        targets:
          nginx: { version: "1.22" }
          env:
            - { file: a.env, dialect: node, variables: { SOME_VALUE: none-yet } }

        """

    package static let all: [SecretSpec] = [
        changed("the name", "name: demo", "name: \"PLANT\""),
        changed("the version of the spec", "version: 1", "version: \"PLANT\"", key: "version"),
        changed(
            "an issuer URL", "url: https://mcp.example.com/mcp\n  mode", "url: \"PLANT\"\n  mode", key: "issuer.url"),
        changed("a mode", "mode: upstream", "mode: \"PLANT\"", key: "issuer.mode"),
        changed("a reference's name", "{ env: LOGIN_SECRET }", "{ env: \"PLANT\" }", key: "issuer.login.client_secret"),
        changed("a reference's file", "{ env: LOGIN_SECRET }", "{ file: \"PLANT\" }"),
        changed("a reference's place", "{ env: LOGIN_SECRET }", "\"PLANT\""),
        changed("a parameter", "audience: none-yet", "audience: \"PLANT\"", key: "issuer.login.parameters.audience"),
        changed("a parameter's name", "audience: none-yet", "\"PLANT\": x"),
        changed("a connector's name", "  mcp:\n", "  \"PLANT\":\n", key: "connectors.other"),
        changed("a client id", "client_id: cid_example", "client_id: \"PLANT\"", key: "connectors.mcp.client_id"),
        changed(
            "an upstream", "upstream: http://127.0.0.1:3930", "upstream: \"PLANT\"", key: "connectors.mcp.upstream"),
        changed("a scope", "scopes: [mcp.tools]", "scopes: [\"PLANT\"]", key: "connectors.mcp.scopes"),
        changed("in place of a list", "scopes: [mcp.tools]", "scopes: \"PLANT\"", key: "connectors.mcp.scopes"),
        changed("in place of a mapping", "store: { sqlite: /var/lib/connectorgen/auth.db }", "store: \"PLANT\""),
        changed("an id in clients", "id: cid_bot", "id: \"PLANT\"", key: "clients[0].id"),
        changed("a label", "label: bot", "label: \"PLANT\"", key: "clients[0].label"),
        changed("an owner", "owner: team", "owner: 'PLANT'", key: "clients[0].owner"),
        changed("a part of a label", "label: bot", "label: \"the bot (PLANT) of us\"", key: "clients[0].label"),
        changed("a label with an escape", "label: bot", "label: \"ESCAPED\"", key: "clients[0].label"),
        changed("a redirect", "\"https://chatgpt.com/cb\"", "\"PLANT\"", key: "clients[0].redirect_uris"),
        changed("a redirect's query", "https://chatgpt.com/cb", "https://chatgpt.com/cb?state=PLANT"),
        changed("a client twice", "clients:\n", "clients:\n  - { id: \"PLANT\" }\n  - { id: \"PLANT\" }\n"),
        changed("a trusted host", "trusted_hosts: [chatgpt.com]", "trusted_hosts: [\"PLANT\"]", key: "trusted_hosts"),
        changed(
            "a variable", "SOME_VALUE: none-yet", "SOME_VALUE: \"PLANT\"", key: "targets.env[0].variables.SOME_VALUE"),
        changed("a variable's name", "SOME_VALUE: none-yet", "\"PLANT\": x"),
        changed("a variable's plan key", "SOME_VALUE: none-yet", "SOME_VALUE: { from: \"PLANT\" }"),
        changed("a file's name", "file: a.env", "file: \"PLANT\"", key: "targets.env[0].file"),
        changed("a preset", "dialect: node", "dialect: node, preset: \"PLANT\""),
        added("an overlay", "environments: { staging: { name: \"PLANT\" } }", key: "environments.staging.name"),
        added("an overlay's name", "environments: { \"PLANT\": { name: staging } }"),
        added("an unknown key's value", "unheard_of: { deep: [ { down: \"PLANT\" } ] }", key: "unheard_of.deep"),
        added("an unknown key", "\"PLANT\": 1"),
        added("a comment", "# PLANT"),
        changed("a comment behind a value", "name: demo\n", "name: demo # it was PLANT before\n"),
        added("an anchor's value", "unheard_of: &a \"PLANT\"\nheard_of: *a", key: "heard_of"),
        added("a block of text", "unheard_of: |\n  first\n  PLANT\n  last", key: "unheard_of"),
        SecretSpec("what is no YAML", "version: [1\n\"PLANT\": }\n"),
    ]
}
