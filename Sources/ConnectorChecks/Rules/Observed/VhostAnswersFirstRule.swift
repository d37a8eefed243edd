import ConfigLanguages
import ConnectorPlan
package import Diagnostics
import EdgeModel

extension DiagnosticCode {
    package static let vhostAnswersFirst = DiagnosticCode(
        814, "vhost-answers-first", .warning,
        summary: "A server block answers a generated path before the generated location does.",
        why:
            "nginx runs a `return` of the server block before it looks for a location, and takes an exact or a longer "
            + "location before a shorter one: what is generated is there and is never asked.",
        remedy:
            "Move the directive into a location of its own, or give the location a path that is not the deployment's.")
}

/// Something of a vhost that shadows a generated route.
struct VhostAnswersFirstRule: ObservedRule {
    let documentation = RuleDocumentation(
        .vhostAnswersFirst,
        failing: [
            RuleExample(
                top: "targets: { nginx: {} }",
                files: ["site.conf": VhostLocationDuplicateRule.site("↓return 301 https://www.example.com;")]),
            RuleExample(
                connector: "aliases: [/mcp2]", top: "targets: { nginx: {} }",
                files: ["site.conf": VhostLocationDuplicateRule.site("location ↓/mcp2/files/ { root /srv; }")]),
        ],
        passing: [
            RuleExample(
                top: "targets: { nginx: {} }",
                files: [
                    "site.conf": VhostLocationDuplicateRule.site(
                        "location ~ ^/mcp { return 404; }\n  location /.well-known/security { root /srv; }\n"
                            + "  location / { return 404; }")
                ])
        ], references: ["nginx location"])

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let nginx = plan.nginx else { return [] }
        return plan.edge.hosts.flatMap { host in
            let subtrees = host.routes.compactMap { route -> (path: String, route: Route)? in
                guard case .transport = route.action, case .subtree(let path) = route.match else { return nil }
                return (path, route)
            }
            let taken = Set(host.routes.map(\.match))
            return host.servers(in: observed).filter { $0.includes(nginx.includePath(of: host)) }.flatMap { server in
                returns(of: server, host) + shadows(of: server, subtrees, taken)
            }
        }
    }

    /// An unconditional answer of the whole block.
    private func returns(of server: NginxServer, _ host: HostPlan) -> [Diagnostic] {
        server.directives.filter { $0.name == "return" }.compactMap { directive in
            guard let span = directive.span else { return nil }
            return finding(
                "the server block of \(host.name) answers every request itself", at: span,
                "comes before every location",
                severity: .error,
                secondary: host.origins.prefix(1).map { Label($0, "makes \(host.name) a host of the deployment") },
                help: "put it into `location / { … }`")
        }
    }

    /// Locations below a transport. A regular expression is none: the generated ones have `^~`.
    private func shadows(
        of server: NginxServer, _ subtrees: [(path: String, route: Route)], _ taken: Set<Route.Match>
    ) -> [Diagnostic] {
        server.locations.compactMap { location in
            guard let span = location.span, let match = location.routeMatch, !taken.contains(match),
                let subtree = subtrees.first(where: { location.path.hasPrefix($0.path) })
            else { return nil }
            return finding(
                "the location \(location.path) answers before the generated \(subtree.path)", at: span,
                "nginx takes the longer one",
                secondary: subtree.route.origins.prefix(1).map { Label($0, "the generated one is made from this") },
                help: "give it a path outside \(subtree.path), or remove it")
        }
    }
}
