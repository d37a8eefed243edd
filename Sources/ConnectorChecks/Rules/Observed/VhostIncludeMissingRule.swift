import ConfigLanguages
import ConnectorPlan
package import Diagnostics
import EdgeModel

extension DiagnosticCode {
    package static let vhostIncludeMissing = DiagnosticCode(
        812, "vhost-include-missing",
        summary: "The server block of a public host does not include the generated file.",
        why:
            "`nginx -t` is content, and every URL of the deployment is answered by whatever else the block has: the front page.",
        remedy: "Include the file in the server block of the host, before its other locations.")
}

/// A server block that has the host's name and nothing of the deployment.
struct VhostIncludeMissingRule: ObservedRule {
    let documentation = RuleDocumentation(
        .vhostIncludeMissing,
        failing: [
            RuleExample(
                top: "targets: { nginx: {} }",
                files: [
                    "site.conf":
                        "server {\n  listen 443 ssl;\n  server_name ↓mcp.example.com;\n"
                        + "  location / { proxy_pass http://127.0.0.1:3000; }\n}\n"
                ]),
            RuleExample(
                top: "targets: { nginx: {} }",
                files: [
                    "site.conf":
                        "server {\n  listen 443 ssl;\n  server_name ↓mcp.example.com;\n"
                        + "  include connectorgen/demo/other.example.com.conf;\n}\n"
                ]),
        ],
        passing: [
            RuleExample(
                top: "targets: { nginx: {} }",
                files: [
                    "site.conf":
                        "server { listen 80; server_name mcp.example.com; return 301 https://$host$request_uri; }\n"
                        + "server {\n  listen 443 ssl;\n  server_name mcp.example.com;\n"
                        + "  include /etc/nginx/connectorgen/demo/mcp.example.com.conf;\n}\n"
                ]),
            RuleExample(
                top: "targets: { nginx: {} }",
                files: [
                    "site.conf":
                        "server {\n  listen 443 ssl;\n  server_name mcp.example.com;\n  include mcp.conf;\n}\n",
                    "mcp.conf": "include connectorgen/demo/*.conf;\n",
                ]),
        ], references: ["M#7"])

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let nginx = plan.nginx, observed.isReadable else { return [] }
        return plan.edge.hosts.flatMap { host in
            host.servers(in: observed).compactMap { server -> Diagnostic? in
                let path = nginx.includePath(of: host)
                guard !server.includes(path) else { return nil }
                let name = server.names.first { $0.text.lowercased() == host.name } ?? server.names.first
                guard let span = name?.span ?? server.opener.span else { return nil }
                let unseen = server.unseenIncludes.compactMap(\.arguments.first?.text)
                return finding(
                    "the server block of \(host.name) does not include the generated file", at: span,
                    // What was not given may include it.
                    severity: unseen.isEmpty ? .error : .warning,
                    secondary: host.origins.prefix(1).map { Label($0, "makes \(host.name) a host of the deployment") },
                    notes: unseen.isEmpty
                        ? [] : ["it includes files that were not given: \(unseen.joined(separator: ", "))"],
                    help: "add `include \(path);` to it, before its other locations")
            }
        }
    }
}

extension NginxServer {
    /// True when it, or a file that it includes and that was given, has an `include` of a path.
    func includes(_ path: String) -> Bool {
        directives.contains { directive in
            directive.name == "include" && directive.arguments.first.map { NginxInclude($0.text).names(path) } ?? false
        }
    }
}
