import ConnectorPlan
import ConnectorSpec
import Diagnostics

extension Runbook {
    /// Which locations of a server block that is there already have to go before the include.
    func existingLocations(_ page: inout MarkdownPage) {
        guard plan.nginx != nil else { return }
        page.heading(2, "Locations to take out of an existing server block")
        page.line(
            "A server block has each location once: a second one stops nginx with \(code("duplicate location")). Before you add "
                + "the include, take out of the server block, and of what else it includes, the locations below; "
                + "\(code("location ^~ /x/")) is \(code("location /x/")). Take out also what is written below the path of a "
                + "transport: nginx prefers an exact and a longer path, which would answer without the generated lines, and so "
                + "without a token. Regular expressions may stay: for these paths they are not asked. Everything else of the host, "
                + "\(code("/")) and the rest of \(code("/.well-known/")) among it, answers as before." + certificates)
        for host in hosts {
            page.heading(3, host.name, from: host.origins)
            if host.rootRoutes.isEmpty {
                page.line(
                    "The root of this host belongs to another deployment (\(code("targets.nginx.guest_on"))): include that one's "
                        + "locations too.", from: plan.spec.targets.nginx?.guestOn.map(\.span) ?? [])
                page.line()
            }
            page.line("```nginx")
            var routes = host.routes.filter { Self.location(of: $0) != nil }[...]
            // Neighbours that come from one place are one run: a connector has several.
            while let origin = routes.first?.origins.first {
                let run = routes.prefix { $0.origins.first == origin }
                routes = routes.dropFirst(run.count)
                page.from(run.flatMap(\.origins).withoutRepetition) { page in
                    for location in run.compactMap(Self.location) { page.line(location) }
                }
            }
            page.line("```")
        }
    }

    private var certificates: String {
        let isTaken = hosts.contains { host in
            host.routes.contains { if case .acmeChallenge = $0.action { true } else { false } }
        }
        return isTaken
            ? " To keep your own \(code("location /.well-known/acme-challenge/")), set \(code("targets.nginx.acme: external"))."
            : ""
    }

    /// `location = /mcp`, `location /mcp/`; nil for what is below a transport, which goes with it.
    static func location(of route: Route) -> String? {
        if case .notFound = route.action, route.match.path.hasSuffix("/.well-known/") { return nil }
        return switch route.match {
        case .exact(let path): "location = \(path)"
        case .subtree(let path): "location \(path)"
        }
    }
}
