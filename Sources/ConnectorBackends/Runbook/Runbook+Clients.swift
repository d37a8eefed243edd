import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import WebSyntax

extension Runbook {
    /// What the upstream provider, or the realm, has to know.
    func provider(_ page: inout MarkdownPage) {
        guard let login = plan.spec.issuer.login, plan.issuer.mode == .upstream else { return }
        let provider = login.provider.value
        page.heading(2, "At the login provider (\(provider.rawValue))", from: [login.provider.span])
        page.from([login.span]) { page in
            page.item(
                "Client: \(code(login.clientID.value.text)) of \(code(login.issuer.value.text))",
                from: [login.clientID.span, login.issuer.span])
            if let callback = plan.issuer.endpoints.derived[.callback] {
                page.item(
                    "Allowed callback URL, this one exactly: \(code(callback.value))", from: callback.origins)
            }
            page.item("Grant types: authorization code and refresh token; PKCE with S256")
            page.item("The redirect URIs of chat clients do not belong there: those register with us")
            for line in ProviderCatalogue.builtin.login(at: provider)?.card ?? [] { page.item(line) }
        }
    }

    /// One card for each client: the exact values to paste.
    func clients(_ page: inout MarkdownPage) {
        let cards = plan.clients.filter { $0.profile != nil && $0.status != .ignored }
        guard !cards.isEmpty else { return }
        page.heading(2, "Set-up cards")
        for client in cards {
            page.heading(3, client.label, from: client.origins)
            page.from(client.origins) { page in card(client, &page) }
        }
    }

    private func card(_ client: ClientPlan, _ page: inout MarkdownPage) {
        page.line(
            "Gets in by: \(client.registrationMethods.map { code($0.rawValue) }.joined(separator: ", ")), best first.")
        page.line()
        for line in Self.instructions(for: client.profile ?? "") { page.line(line) }
        page.line()
        for resource in connectors.prefix(Self.shownConnectors) {
            switch client.profile {
            case "claude-code":
                page.block(
                    "sh", ["claude mcp add --transport http \(resource.connector) \(resource.publicURL)"],
                    from: resource.$publicURL.origins)
            case "codex":
                page.block(
                    "toml", ["[mcp_servers.\(resource.connector)]", "url = \"\(resource.publicURL)\""],
                    from: resource.$publicURL.origins)
            case "mcp-remote":
                page.block("sh", ["npx mcp-remote \(resource.publicURL)"], from: resource.$publicURL.origins)
            case "vscode":
                page.block(
                    "json",
                    ["{\"servers\":{\"\(resource.connector)\":{\"type\":\"http\",\"url\":\"\(resource.publicURL)\"}}}"],
                    from: resource.$publicURL.origins)
            case "cursor":
                page.block(
                    "json", ["{\"mcpServers\":{\"\(resource.connector)\":{\"url\":\"\(resource.publicURL)\"}}}"],
                    from: resource.$publicURL.origins)
            default:
                page.item("URL: \(code(resource.publicURL))", from: resource.$publicURL.origins)
                if client.registrationMethods.contains(.predefined), let id = client.id ?? resource.clientID {
                    page.item(
                        "Client id, where one is asked for: \(code(id)); secret: none",
                        from: client.id == nil ? clientIDOrigins(of: resource) : [])
                }
            }
        }
        if connectors.count > Self.shownConnectors {
            page.line()
            page.line("The other connectors likewise, with their URLs of the table above.")
        }
    }

    private static let shownConnectors = 20

    private static func instructions(for profile: String) -> [String] {
        switch profile {
        case "chatgpt":
            [
                "Settings, Connectors, Create (developer mode); authentication OAuth. Remove and add a connector again after",
                "a change of issuer, client id or paths: it keeps what it once registered.",
            ]
        case "claude":
            ["Settings, Connectors, Add custom connector. The host needs a public IPv4 address and port 443."]
        case "codex": ["In `~/.codex/config.toml`, then `codex mcp login NAME`. Leave `oauth_resource` unset."]
        case "claude-code": ["In a shell, then `/mcp` in a session to sign in:"]
        case "vscode": ["In `.vscode/mcp.json`:"]
        case "cursor": ["In `~/.cursor/mcp.json`:"]
        case "inspector": ["Transport Streamable HTTP; browser-direct mode needs its origin among `allowed_origins`."]
        case "mcp-remote": ["In a shell:"]
        default: ["Values to enter:"]
        }
    }
}
