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
            page.heading(3, host.name)
            for route in host.routes { check(route, of: host, &page) }
        }
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
        case .external:
            page.from(route.origins) { page in
                page.block("sh", ["curl -fsS '\(url)' | jq -r .issuer", "# \(plan.issuer.url)"])
            }
        default:
            return
        }
    }

    /// What a cache in front may hold of an older deployment.
    func purges(_ page: inout MarkdownPage) {
        let urls = hosts.flatMap { host in
            host.routes.compactMap { route -> String? in
                guard case .document = route.action else { return nil }
                return "\(host.scheme)://\(host.authority)\(route.match.path)"
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
        var rows: [[String]] = []
        for client in plan.clients {
            guard let id = client.id else { continue }
            let label = client.label == id ? "predefined client" : code(client.label)
            rows.append([
                code(id), "client id, \(label)", client.status.rawValue,
                client.authMethods.map(\.rawValue).joined(separator: " or "),
            ])
        }
        if plan.issuer.mode == .upstream, let login = plan.spec.issuer.login {
            rows.append([
                code(login.clientID.value.text), "our client at \(login.provider.value.rawValue)", "active", "",
            ])
        }
        for name in secretNames { rows.append([code(name), "secret, by reference", "masked", ""]) }
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

    /// Names of secret references, each once, in the order of the spec; values never.
    var secretNames: [String] {
        var references = plan.spec.serverSecrets.map(\.value)
        for file in plan.environment {
            for case .secret(let reference) in file.variables.map(\.value) { references.append(reference) }
        }
        var seen: Set<String> = []
        return references.map { reference in
            switch reference {
            case .environment(let name): "$" + name.text
            case .file(let path): path
            }
        }.filter { seen.insert($0).inserted }
    }
}
