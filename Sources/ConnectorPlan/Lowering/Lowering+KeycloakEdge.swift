import ConnectorSpec
import Diagnostics
import WebSyntax

extension Lowering {
    /// Anybody may register, and each registration is a row in Keycloak's database and a step to its limit of clients.
    func addRegistration(
        _ keycloak: KeycloakPaths, at external: ExternalIssuer, on host: String,
        ledTo routes: [(path: String, origins: [Span])], to hosts: inout HostRoutes
    ) {
        let path = keycloak.registration + "/"
        guard hosts.owner(of: .subtree(path), on: host) == nil,
            let route = Self.leading(to: keycloak.registration, among: routes)
        else { return }
        hosts.add(
            Route(
                match: .subtree(path), action: .issuer(upstreamPath: external.inner(path)),
                reason: "clients register with the issuer", origins: route.origins, registersClients: true),
            on: host)
    }

    /// What is for administrators is not found from outside, unless the spec names it in `issuer.routes`.
    ///
    /// It is shut wherever a route of ours would lead there, and besides where the name is Keycloak's alone: a site that
    /// leads `/auth/` to it in a location of its own has the console behind that. `/admin` of a Keycloak without a prefix
    /// is left to the site, which may have one itself: no route of ours leads there.
    func shut(
        _ keycloak: KeycloakPaths, on host: String, ledTo routes: [(path: String, origins: [Span])],
        to hosts: inout HostRoutes
    ) {
        for path in keycloak.inside {
            // The spec names it, or has a connector there.
            guard hosts.owner(of: .exact(path), on: host) == nil else { continue }
            let route = Self.leading(to: path, among: routes)
            guard route != nil || keycloak.isOwn(path) && !isGuest(on: host) else { continue }
            for match in [Route.Match.exact(path), .subtree(path + "/")] {
                hosts.add(
                    Route(
                        match: match, action: .notFound, reason: "of the issuer, and for administrators inside",
                        origins: route?.origins ?? [spec.issuer.url.span], isOfHost: route == nil), on: host)
            }
        }
    }

    /// The innermost route that has a path below it.
    private static func leading(
        to path: String, among routes: [(path: String, origins: [Span])]
    ) -> (path: String, origins: [Span])? {
        routes.filter { path.hasPrefix($0.path + "/") }.max { $0.path.utf8.count < $1.path.utf8.count }
    }
}
