import Diagnostics

/// The routes of all hosts while they are gathered. A URL space of a host belongs to the first that takes it.
struct HostRoutes {
    private var indexByHost: [String: Int] = [:]
    private var taken: [[Route.Match: Int]] = []
    private(set) var plans: [HostPlan] = []
    private(set) var collisions: [Diagnostic] = []
    /// Pairs of lines that were reported: two connectors on one URL collide in many routes, and that is one mistake.
    private var reported: Set<[Span]> = []

    /// `name` is the host's place among `server_names`.
    mutating func open(_ host: String, _ address: HostAddresses.Address, named name: Span? = nil) {
        guard indexByHost[host] == nil else { return }
        indexByHost[host] = plans.count
        taken.append([:])
        plans.append(
            HostPlan(
                name: host, scheme: address.scheme, authority: address.authority, port: address.port,
                origins: [address.origin] + (name.map { [$0] } ?? []), routes: []))
    }

    func contains(_ host: String) -> Bool { indexByHost[host] != nil }

    /// Who has taken a URL space.
    func owner(of match: Route.Match, on host: String) -> Route? {
        guard let index = indexByHost[host], let route = taken[index][match] else { return nil }
        return plans[index].routes[route]
    }

    /// Adds a route; a second one for the same URL space is a collision that names both.
    mutating func add(_ route: Route, on host: String) {
        guard let index = indexByHost[host] else { return }
        if let first = taken[index][route.match] {
            let owner = plans[index].routes[first]
            let lines = [route.origins.first, owner.origins.first].compactMap { $0 }
            if reported.insert(lines).inserted { collisions.append(Self.collision(route, with: owner, on: host)) }
            return
        }
        taken[index][route.match] = plans[index].routes.count
        plans[index].routes.append(route)
    }

    private static func collision(_ route: Route, with first: Route, on host: String) -> Diagnostic {
        Diagnostic(
            .routeCollision, .error, "duplicate route \(host)\(route.match.path)",
            at: route.origins.first.map { Label($0, "here as \(route.reason)") },
            secondary: first.origins.first.map { [Label($0, "already taken as \(first.reason)")] } ?? [],
            help: "give one of them another path")
    }
}

extension Route.Match {
    /// The path, without the kind of match.
    package var path: String {
        switch self {
        case .exact(let path), .subtree(let path): path
        }
    }
}
