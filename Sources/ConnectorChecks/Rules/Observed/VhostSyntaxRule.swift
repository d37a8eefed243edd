import ConfigLanguages
import ConnectorPlan
package import Diagnostics

extension DiagnosticCode {
    package static let vhostSyntax = DiagnosticCode(
        810, "vhost-syntax",
        summary: "An observed nginx file is no nginx configuration.",
        why: "nginx refuses it, and what it would do cannot be said; nothing is concluded from what is not in it.",
        remedy: "Fix the file until `nginx -t` takes it.")
}

/// An observed file that nginx would not read.
struct VhostSyntaxRule: ObservedRule {
    let documentation = RuleDocumentation(
        .vhostSyntax,
        failing: [
            RuleExample(files: ["site.conf": "server {\n  listen 443 ssl;\n  server_name ↓mcp.example.com\n}\n"]),
            RuleExample(files: ["site.conf": "server ↓{\n  listen 443 ssl;\n"]),
        ],
        passing: [RuleExample(files: ["site.conf": "server { listen 443 ssl; server_name mcp.example.com; }\n"])],
        references: [])

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        observed.nginx.flatMap(\.problems).map { finding($0.message, at: $0.span) }
    }
}
