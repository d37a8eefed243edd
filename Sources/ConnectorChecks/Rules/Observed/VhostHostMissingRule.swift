import ConfigLanguages
import ConnectorPlan
package import Diagnostics

extension DiagnosticCode {
    package static let vhostHostMissing = DiagnosticCode(
        811, "vhost-host-missing", .warning,
        summary: "No server block of the observed nginx files has the name of a public host.",
        why: "nginx then answers its requests from its default server, which knows nothing of this deployment.",
        remedy: "Add the host to the `server_name` of the block that is to serve it, or give the file that has it too.")
}

/// A public host that no `server_name` covers.
struct VhostHostMissingRule: ObservedRule {
    let documentation = RuleDocumentation(
        .vhostHostMissing,
        failing: [
            RuleExample(
                issuer: "url: ↓https://mcp.example.com/mcp", top: "targets: { nginx: {} }",
                files: ["site.conf": "server { listen 443 ssl; server_name www.example.com; }\n"])
        ],
        passing: [
            RuleExample(
                top: "targets: { nginx: {} }",
                files: [
                    "site.conf":
                        "server {\n  listen 443 ssl;\n  server_name *.example.com;\n"
                        + "  include connectorgen/demo/mcp.example.com.conf;\n}\n"
                ]),
            RuleExample(
                top: "targets: { nginx: {} }",
                files: ["site.conf": "server { listen 443 ssl; server_name ~^mcp; }\n"]),
        ], references: ["M#7", "M#43"])

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard plan.nginx != nil, observed.isReadable else { return [] }
        let servers = observed.servers
        return plan.edge.hosts.compactMap { host in
            guard servers.allSatisfy({ $0.answers(to: host.name) == false }), let place = host.origins.first
            else { return nil }
            let names = servers.flatMap(\.names).filter { $0.text != "_" }
            return finding(
                "no server block of the observed files has the name \(host.name)", at: place,
                secondary: names.prefix(1).compactMap { name in name.span.map { Label($0, "serves this name") } },
                help: "add it to the server_name of the block that is to serve it, or give the file that has it too")
        }
    }
}
