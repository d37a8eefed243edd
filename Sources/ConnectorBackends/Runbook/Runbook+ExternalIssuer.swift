import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import WebSyntax

extension Runbook {
    /// What an issuer of others has to answer, and whose its cross-origin headers are.
    func externalIssuer(_ page: inout MarkdownPage) {
        guard !plan.issuer.isBundled else { return }
        let section = plan.spec.issuer
        page.heading(3, "The issuer", from: plan.issuer.$url.origins)
        page.from(plan.issuer.$url.origins) { page in
            page.line(
                isDocumentsKnown
                    ? "Each of these answers, and names the issuer byte for byte:"
                    : "Clients ask these in turn. One at least answers, and each that does names the issuer byte for byte:"
            )
            page.block(
                "sh",
                plan.issuer.discoveryURLs.flatMap { url in
                    ["curl -fsS '\(url)' | jq -r .issuer", "# \(plan.issuer.url)"]
                })
        }
        page.line()
        page.from(section.registration?.map(\.span) ?? [section.span]) { page in
            page.line("Its document offers what the spec says of it:")
            page.block(
                "sh",
                [
                    "curl -fsS '\(plan.issuer.discoveryURLs.first ?? plan.issuer.url)' "
                        + "| jq '{registration_endpoint, client_id_metadata_document_supported}'",
                    "# registration_endpoint \(offers(.dcr) ? "is a URL" : "is not needed"), "
                        + "client_id_metadata_document_supported \(offers(.cimd) ? "is true" : "is not needed")",
                ])
        }
        page.line()
        page.line(whereItIs, from: section.upstream.map { [$0.span] } ?? plan.issuer.$url.origins)
    }

    private func offers(_ method: RegistrationMethod) -> Bool { plan.issuer.registrationMethods.contains(method) }

    /// True where every place that clients ask leads to a document that is there.
    private var isDocumentsKnown: Bool {
        plan.issuer.location == .routed && (plan.spec.issuer.documents != nil || plan.keycloak != nil)
    }

    private var whereItIs: String {
        let own =
            "Its cross-origin headers are its own, for documents, registration and tokens alike: a client in a browser needs "
            + "\(code("Access-Control-Allow-Origin")) from each of them."
        switch plan.issuer.location {
        case .elsewhere: return "It is on a host that is not of this deployment. " + own
        case .routed:
            return "nginx leads to it at \(code(plan.edge.externalServer?.text ?? "")) and adds no headers. "
                + own
        case .site:
            return
                "Nothing in this output leads to it, though it is on a host of this deployment: what else the server block has, "
                + "mostly its \(code("location /")), must. " + own
        }
    }

    /// Servers that may be reached past nginx, where that depends on how containers are started.
    func publishedPorts(_ page: inout MarkdownPage) {
        var servers: [(text: String, origins: [Span])] = []
        func add(_ server: ServerAddress, from origins: [Span]) {
            guard case .tcp(let host, let port) = server.address, !server.address.isLoopback,
                !servers.contains(where: { $0.text == "\(host):\(port)" })
            else { return }
            servers.append(("\(host):\(port)", origins))
        }
        if needsServer {
            add(plan.edge.server, from: plan.edge.$server.origins)
            add(plan.edge.privateServer, from: plan.edge.$privateServer.origins)
        }
        if let external = plan.edge.externalServer { add(external, from: plan.edge.$externalServer.origins) }
        for section in plan.spec.connectors {
            for upstream in [section.upstream] + section.replicas {
                add(ServerAddress(upstream.value), from: [upstream.span])
            }
        }
        guard !servers.isEmpty else { return }
        page.heading(2, "Ports that go past nginx")
        page.line(
            "Whoever reaches one of these past nginx calls it without a token, without limits, and with identity headers of his "
                + "own making. They listen where other machines could reach them:")
        page.line()
        for server in servers { page.item(code(server.text), from: server.origins) }
        page.line()
        page.line(
            "In a compose file give none of these services \(code("ports:")): \(code("\"3000:3000\"")) opens the port to everybody, "
                + "and past the machine's firewall, since Docker writes rules of its own. Services of one network reach each "
                + "other without. For a look from the machine itself write \(code("\"127.0.0.1:3000:3000\"")). "
                + "From outside, \(code("curl http://PUBLIC-ADDRESS:PORT/")) has to fail for each of them.")
        let ranges = plan.spec.issuer.trustedProxies
        guard !ranges.isEmpty, needsServer else { return }
        page.line()
        page.line(
            "connectorgen-auth takes connections of other machines from "
                + ranges.map { code($0.value.text) }.joined(separator: ", ")
                + " alone. Whoever is in there can name any address as that of a caller: let it be nginx, and what you trust "
                + "like it.", from: ranges.map(\.span))
    }
}
