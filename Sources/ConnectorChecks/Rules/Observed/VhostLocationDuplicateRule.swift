import ConfigLanguages
import ConnectorPlan
package import Diagnostics
import EdgeModel

extension DiagnosticCode {
    package static let vhostLocationDuplicate = DiagnosticCode(
        813, "vhost-location-duplicate",
        summary: "A server block has a location of its own for a path that a generated location has.",
        why: "nginx refuses two locations for one path in one server block, `duplicate location`, and does not start.",
        remedy: "Remove the location of the block: the generated one is made from the spec.")
}

/// A location written by hand that the generated file has too.
struct VhostLocationDuplicateRule: ObservedRule {
    let documentation = RuleDocumentation(
        .vhostLocationDuplicate,
        failing: [
            RuleExample(
                top: "targets: { nginx: {} }",
                files: ["site.conf": VhostLocationDuplicateRule.site("location = ↓/mcp { return 204; }")]),
            RuleExample(
                top: "targets: { nginx: { acme: inherit } }",
                files: [
                    "site.conf": VhostLocationDuplicateRule.site(
                        "location ↓/.well-known/acme-challenge/ { root /var/www; }")
                ]),
            RuleExample(
                connector: "aliases: [/mcp2]", top: "targets: { nginx: {} }",
                files: [
                    "site.conf": VhostLocationDuplicateRule.site(
                        "location ^~ ↓/mcp2/ { proxy_pass http://127.0.0.1:3000; }")
                ]),
        ],
        passing: [
            RuleExample(
                top: "targets: { nginx: {} }",
                files: [
                    "site.conf": VhostLocationDuplicateRule.site(
                        "location / { proxy_pass http://127.0.0.1:3000; }\nlocation /mcp { }")
                ]),
            RuleExample(
                top: "targets: { nginx: { acme: external } }",
                files: [
                    "site.conf": VhostLocationDuplicateRule.site(
                        "location /.well-known/acme-challenge/ { root /var/www; }")
                ]),
        ], references: ["M#8"])

    /// A server block of the small spec's host that includes the generated file.
    static func site(_ lines: String) -> String {
        "server {\n  listen 443 ssl;\n  server_name mcp.example.com;\n"
            + "  include connectorgen/demo/mcp.example.com.conf;\n  \(lines)\n}\n"
    }

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard plan.nginx != nil else { return [] }
        return plan.edge.hosts.flatMap { host in
            let locations = host.servers(in: observed).flatMap(\.locations)
            guard !locations.isEmpty else { return [Diagnostic]() }
            let routes = Dictionary(host.routes.map { ($0.match, $0) }) { first, _ in first }
            return locations.compactMap { location in
                guard let span = location.span, let route = location.routeMatch.flatMap({ routes[$0] }) else {
                    return nil
                }
                return finding(
                    "the server block of \(host.name) has a location for \(location.path), and the generated file too",
                    at: span, "nginx refuses the second",
                    secondary: route.origins.prefix(1).map { Label($0, "the generated one is made from this") },
                    help: help(for: route))
            }
        }
    }

    private func help(for route: Route) -> String {
        if case .acmeChallenge = route.action {
            return "remove this location, whose root the server block can have; or set targets.nginx.acme: external"
        }
        return "remove this location: the generated one has the path, as \(route.reason)"
    }
}

extension NginxLocationName {
    /// What a generated location would have to be for nginx to refuse the two; nil for those that never meet one.
    var routeMatch: Route.Match? {
        switch match {
        case .exact: .exact(path)
        case .prefix: .subtree(path)
        case .pattern, .named: nil
        }
    }
}
