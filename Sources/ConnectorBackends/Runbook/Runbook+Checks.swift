import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig

extension Runbook {
    /// Requests with the answers that they must have.
    func checks(_ page: inout MarkdownPage) {
        page.heading(2, "Checks")
        page.line("No answer below may be a redirect or a page. A status other than the one shown is a fault.")
        for host in hosts {
            page.heading(3, host.name, from: host.origins)
            for route in host.routes { check(route, of: host, &page) }
        }
        externalIssuer(&page)
    }

    private func check(_ route: Route, of host: HostPlan, _ page: inout MarkdownPage) {
        guard case .exact(let path) = route.match else { return }
        let url = "\(host.scheme)://\(host.authority)\(path)"
        switch route.action {
        case .document(let index):
            let document = plan.documents[index]
            let member = document.kind == .protectedResource ? "resource" : "issuer"
            page.from(route.origins) { page in
                page.block("sh", ["curl -fsS '\(url)' | jq -r .\(member)", "# \(document.identifier)"])
            }
        case .transport(let index) where plan.resources[index].verification == .edge:
            page.from(route.origins) { page in
                page.block(
                    "sh",
                    [
                        "curl -sS -o /dev/null -D - -X POST '\(url)' | grep -iE '^(HTTP|WWW-Authenticate)'",
                        "# 401, and Bearer resource_metadata=\"\(plan.resources[index].metadataURL)\"",
                    ])
            }
        case .endpoint(.token, _) where path == plan.issuer.endpointPaths[.token]:
            page.from(route.origins) { page in
                page.block("sh", ["curl -sS -o /dev/null -w '%{http_code}\\n' '\(url)'", "# 405"])
            }
        default:
            return
        }
    }

    /// What a cache in front may hold of an older deployment.
    func purges(_ page: inout MarkdownPage) {
        let urls = hosts.flatMap { host in
            host.routes.compactMap { route -> MarkdownPage.Line? in
                guard case .document = route.action else { return nil }
                return .init("\(host.scheme)://\(host.authority)\(route.match.path)", from: route.origins)
            }
        }
        guard !urls.isEmpty else { return }
        page.heading(2, "Purge from the CDN")
        page.line(
            "Documents are cacheable for minutes; after a change purge these, or everything below `/.well-known/`:")
        page.block("", urls)
    }

    /// Every id and secret with its place; values of secrets are nowhere in the output.
    func credentials(_ page: inout MarkdownPage) {
        page.heading(2, "Credential register")
        var rows: [MarkdownPage.Row] = []
        for client in plan.clients {
            guard let id = client.id else { continue }
            let label = client.label == id ? "predefined client" : code(client.label)
            rows.append(
                .init(
                    cells: [
                        code(id), "client id, \(label)", client.status.rawValue,
                        client.authMethods.map(\.rawValue).joined(separator: " or "),
                    ], origins: client.origins))
        }
        if plan.issuer.mode == .upstream, let login = plan.spec.issuer.login {
            rows.append(
                .init(
                    cells: [
                        code(login.clientID.value.text), "our client at \(login.provider.value.rawValue)", "active", "",
                    ], origins: [login.clientID.span, login.provider.span]))
        }
        for secret in secretNames {
            rows.append(
                .init(cells: [code(secret.name), "secret, by reference", "masked", ""], origins: secret.origins))
        }
        guard !rows.isEmpty else { return page.line("None.") }
        page.table(["Credential", "What it is", "Status", "Authentication"], rows)
        page.line()
        page.line("A changed client id or issuer makes every client register again: announce it first.")
    }

    func sunsets(_ page: inout MarkdownPage) {
        let aliases = plan.resources.flatMap(\.legacyAliases)
        guard !aliases.isEmpty else { return }
        page.heading(2, "Sunset dates")
        for alias in aliases {
            page.from(alias.origins) { page in
                page.item(
                    "\(alias.sunset.text): \(code(alias.path)) ends, which stands in for \(alias.endpoint.rawValue)")
            }
        }
    }

    /// Names of secret references with where they are written, each name once, in the order of the spec; values never.
    var secretNames: [(name: String, origins: [Span])] {
        var references = plan.spec.serverSecrets.map { ($0.value, [$0.span]) }
        for file in plan.environment {
            for variable in file.variables {
                if case .secret(let reference) = variable.value { references.append((reference, variable.origins)) }
            }
        }
        var names: [(name: String, origins: [Span])] = []
        var indexByName: [String: Int] = [:]
        for (reference, origins) in references {
            let name =
                switch reference {
                case .environment(let name): "$" + name.text
                case .file(let path): path
                }
            if let index = indexByName[name] {
                names[index].origins += origins
            } else {
                indexByName[name] = names.count
                names.append((name, origins))
            }
        }
        return names
    }
}
