/// What examples of deployed files share.
enum DeployedExample {
    /// A file of a service that connectorgen configures.
    static let target = "targets: { env: [{ file: app.env, dialect: node, preset: connectorgen }] }"
    static let dexter = "targets: { env: [{ file: app.env, dialect: node, preset: dexter }] }"
    static let farm = "targets: { env: [{ file: app.env, dialect: node, preset: farm }] }"
    static let secret =
        "targets:\n  env:\n    - file: app.env\n      dialect: node\n      variables:\n"
        + "        CONNECTOR_ISSUER: { from: issuer.url }\n        APP_SECRET: { env: APP_SECRET }"

    private static let lines = [
        "CONNECTOR_ISSUER=https://mcp.example.com/mcp", "CONNECTOR_PUBLIC_URL=https://mcp.example.com/mcp",
        "CONNECTOR_RESOURCE=https://mcp.example.com/mcp",
        "CONNECTOR_METADATA_URL=https://mcp.example.com/.well-known/oauth-protected-resource/mcp",
        "CONNECTOR_CLIENT_ID=cid_example", "CONNECTOR_SCOPES=mcp.tools", "CONNECTOR_PORT=3930",
    ]

    /// What the preset `dexter` gives for the small spec, without secrets.
    static let dexterFile = [
        "TOKEN_AI_OIDC_ISSUER=https://mcp.example.com/mcp",
        "TOKEN_AI_OIDC_AUTHORIZATION_ENDPOINT=https://mcp.example.com/mcp/authorize",
        "TOKEN_AI_OIDC_TOKEN_ENDPOINT=https://mcp.example.com/mcp/token", "TOKEN_AI_OIDC_CLIENT_ID=cid_example",
        "TOKEN_AI_MCP_PUBLIC_URL=https://mcp.example.com/mcp\n",
    ].joined(separator: "\n")

    /// An env file that agrees with the small spec.
    static let good = file("")

    /// The same with one line in another form.
    static func file(_ line: String) -> String {
        let name = line.prefix { $0 != "=" }
        return lines.map { !name.isEmpty && $0.hasPrefix(name + "=") ? line : $0 }.joined(separator: "\n") + "\n"
    }

    /// A Compose file that gives a service what the small spec does, in one more line or with one in another form.
    static func compose(_ line: String) -> String {
        let name = line.prefix { $0 != ":" }
        let others = lines.filter { !$0.hasPrefix(name + "=") }.map { line in
            let sign = line.firstIndex(of: "=") ?? line.endIndex
            return "      \(line[..<sign]): \"\(line[sign...].dropFirst())\"\n"
        }
        return "services:\n  mcp:\n    environment:\n\(others.joined())      \(line)\n"
    }
}
