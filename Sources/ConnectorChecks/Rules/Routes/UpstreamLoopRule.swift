import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let upstreamLoop = DiagnosticCode(
        415, "upstream-loop",
        summary: "A connector's `upstream` leads back to nginx, or to connectorgen-auth.",
        why:
            "Requests then go round until nginx gives up, or end at the authorization server, which knows no MCP.",
        remedy: "Write the address that the MCP server itself listens on.")
}

/// An upstream that is no MCP server but a part of this deployment.
struct UpstreamLoopRule: PlanRule {
    let documentation = RuleDocumentation(
        .upstreamLoop,
        failing: [
            RuleExample(connector: "upstream: ↓http://127.0.0.1:8719"),
            RuleExample(issuer: "listen: unix:/run/auth.sock", connector: "upstream: ↓unix:/run/auth.sock"),
            RuleExample(connector: "upstream: ↓https://mcp.example.com"),
            RuleExample(connector: "upstream: ↓http://localhost:80", top: "targets: { nginx: {} }"),
            RuleExample(
                issuer: "mode: external\nupstream: ↓https://mcp.example.com\n# no users\n# no store",
                connector: "verify: application", top: "targets: { nginx: {} }"),
            RuleExample(
                issuer: "url: http://127.0.0.1:8780/mcp",
                connector: "public_url: http://127.0.0.1:8780/mcp\nupstream: ↓http://localhost:8780"),
        ],
        passing: [
            RuleExample(issuer: "listen: 127.0.0.1:8729", connector: "upstream: http://127.0.0.1:8719"),
            RuleExample(connector: "upstream: https://inner.example.com"),
            RuleExample(connector: "upstream: https://mcp.example.com:8443"),
        ], references: [])

    private struct Endpoint: Hashable {
        let host: String
        let port: Int

        /// The names of this machine are one.
        init(_ host: String, _ port: Int) {
            let isLoopback = LoopbackHost.contains(host) || host.hasPrefix("127.")
            self.host = isLoopback ? LoopbackHost.name : host
            self.port = port
        }
    }

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        let listeners = [plan.issuer.listen, plan.issuer.privateListen].map(\.address)
        var own: [Endpoint: String] = [:]
        for connector in plan.spec.connectors {
            let url = connector.publicURL.value
            own[Endpoint(url.host.text, url.port ?? (url.scheme == "https" ? 443 : 80))] =
                "the public URL of a connector"
            if plan.nginx != nil, !url.host.isLoopback {
                for port in [80, 443] { own[Endpoint(LoopbackHost.name, port)] = "nginx itself" }
            }
        }
        for case .tcp(let host, let port) in listeners { own[Endpoint(host, port)] = "connectorgen-auth" }
        var servers: [(key: String, upstream: Located<UpstreamURL>)] = []
        if let upstream = plan.spec.issuer.upstream { servers.append(("issuer.upstream", upstream)) }
        for connector in plan.spec.connectors {
            for upstream in [connector.upstream] + connector.replicas {
                servers.append(("connectors.\(connector.name.value.text).upstream", upstream))
            }
        }
        return servers.compactMap { key, upstream in
            let what: String? =
                switch upstream.value.address {
                case .tcp(let host, let port): own[Endpoint(host, port)]
                case .unix: listeners.contains(upstream.value.address) ? "connectorgen-auth" : nil
                }
            guard let what else { return nil }
            let server = key.hasPrefix("issuer.") ? "issuer" : "MCP server"
            return finding(
                "\(key) is the address of \(what)", at: upstream.span, "no \(server)",
                help: "write the address that the \(server) itself listens on")
        }
    }
}
