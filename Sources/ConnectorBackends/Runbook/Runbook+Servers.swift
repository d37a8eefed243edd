import ConnectorPlan
import ConnectorSpec

extension Runbook {
    /// What the MCP servers behind nginx have to know of it, and what nginx refuses before any location is asked.
    func servers(_ page: inout MarkdownPage) {
        guard plan.nginx != nil else { return }
        page.heading(2, "MCP servers behind nginx")
        let withPublicHost = connectors.filter { $0.hostHeader == .public }
        let hosts = Set(withPublicHost.map(\.host)).sorted()
        if !hosts.isEmpty {
            page.item(
                "They read \(hosts.map(code).joined(separator: ", ")) in \(code("Host")). One that answers 421 or 403 to every "
                    + "request knows its own address alone (protection against DNS rebinding). Allow the host there: MCP Python "
                    + "SDK \(code("TransportSecuritySettings(allowed_hosts=[…], allowed_origins=[…])")), MCP TypeScript SDK "
                    + "\(code("createMcpExpressApp({ allowedHosts: […] })")) or \(code("hostHeaderValidation([…])")); or have "
                    + "nginx send the server's own address: \(code("host_header: upstream")).",
                from: withPublicHost.flatMap(\.$publicURL.origins))
        }
        let mapped = connectors.filter { $0.mappedPath != nil }
        if !mapped.isEmpty {
            page.item(
                "nginx leads \(mapped.map { code($0.path) }.joined(separator: ", ")) to another path, and puts what is below "
                    + "together from the path that it has decoded: \(code("%2F")) arrives as a slash, every other byte as "
                    + "itself. A server whose paths hold names with a slash needs its own path to be the public one, and none "
                    + "in \(code("upstream")): then requests go through byte for byte.",
                from: mapped.flatMap(\.$upstream.origins))
        }
        page.item(
            "They get no cookie where people sign in on this deployment, or where nginx verifies, and set none; one "
                + "\(code("Origin")) at most; and no \(code("X-HTTP-Method-Override")) or the like.")
        if connectors.contains(where: { $0.verification == .edge }) {
            page.item(
                "They get no \(code("OPTIONS")): preflights of \(code("allowed_origins")) are answered before them, and the "
                    + "CORS headers of the answers that follow stay theirs unless the spec says \(code("cors: nginx"))."
            )
            page.item(
                "A 401 of theirs comes to the client with the challenge of this deployment, because the token was good: they "
                    + "have to take the caller from \(code("X-MCP-Subject")), and say 403 to what the caller may not do."
            )
        }
        page.item(
            "A request line or a header of more than 8 KiB (\(code("large_client_header_buffers")) of the server block) is "
                + "refused by nginx before any of these locations, with 414 or 400 and a page of HTML. That is no answer of "
                + "this deployment; clients send a tenth of it.")
        guard plan.issuer.isRoutedKeycloak else { return }
        page.item(
            "The server block of \(code(plan.issuer.host)) says \(code(Self.keycloakHeaders)): a cookie of Keycloak's holds "
                + "what a client has sent while somebody signs in, and without it a \(code("state")) of nearly 4,000 bytes "
                + "ends in 400. Where several names share a port, nginx takes that line from the default server of the port.",
            from: plan.issuer.$url.origins)
    }
}
