import ConnectorPlan
import ConnectorSpec
import Testing

@Suite("of a Keycloak on a host of ours one realm is led to, and what is for administrators stays inside")
struct KeycloakEdgeTests {
    private static func spec(
        _ path: String = "/auth", realm: String = "mcp", routes: String = "", connector: String = "/mcp",
        nginx: String = ""
    ) -> String {
        """
        version: 1
        name: demo
        issuer:
          url: https://a.example.com\(path)/realms/\(realm)
          mode: external
          upstream: http://127.0.0.1:8080
          \(routes)
          registration: [dcr]
        connectors:
          mcp: { public_url: "https://a.example.com\(connector)", upstream: "http://127.0.0.1:3003", scopes: [mcp.tools] }
        clients: [claude]
        targets: { nginx: { version: "1.22"\(nginx) } }
        """
    }

    /// The paths that are shut beside those of well-known documents, and whether they belong to the host's root.
    private static func shut(_ text: String) throws -> [String: Bool] {
        let routes = try #require(Planned(text).plan.edge.hosts.first { $0.name == "a.example.com" }).routes
        return routes.reduce(into: [:]) { found, route in
            guard case .notFound = route.action, !route.match.path.contains("/.well-known/") else { return }
            found[route.match.path] = route.isOfHost
        }
    }

    private static func paths(_ prefix: String, _ isOfHost: Bool) -> [String: Bool] {
        ["realms/master", "admin", "metrics", "health"].reduce(into: [:]) { found, path in
            found["\(prefix)/\(path)"] = isOfHost
            found["\(prefix)/\(path)/"] = isOfHost
        }
    }

    @Test("below a prefix of its own everything for administrators is shut, once for the host")
    func prefix() throws {
        #expect(try Self.shut(Self.spec()) == Self.paths("/auth", true))
        #expect(try Self.shut(Self.spec("/a/b")) == Self.paths("/a/b", true))
    }

    @Test("without a prefix the realm of administrators alone is known by its name: /admin may be the site's own")
    func noPrefix() throws {
        #expect(try Self.shut(Self.spec("")) == ["/realms/master": true, "/realms/master/": true])
    }

    @Test("where a route of the spec would lead there it is shut beside that route, on the hosts of others too")
    func broad() throws {
        let guest = ", guest_on: [a.example.com]"
        #expect(try Self.shut(Self.spec(nginx: guest)) == [:])
        for nginx in ["", guest] {
            #expect(try Self.shut(Self.spec(routes: "routes: [/auth]", nginx: nginx)) == Self.paths("/auth", false))
        }
        #expect(
            try Self.shut(Self.spec("", routes: "routes: [/realms, /resources]"))
                == ["/realms/master": false, "/realms/master/": false])
    }

    @Test("what the spec names stays open, and so do a connector there and a realm that is the administrators' own")
    func named() throws {
        let named = try Self.shut(
            Self.spec(routes: "routes: [/auth, /auth/admin, /auth/realms/master, /auth/metrics/mcp]"))
        #expect(
            named == ["/auth/metrics": false, "/auth/metrics/": false, "/auth/health": false, "/auth/health/": false])
        let connector = try Self.shut(Self.spec(connector: "/auth/admin"))
        #expect(
            connector["/auth/admin"] == nil && connector["/auth/admin/"] == nil && connector["/auth/health"] == true)
        #expect(try Self.shut(Self.spec("", realm: "master")) == [:])
    }

    @Test("registration is counted wherever a route leads to it, and nothing else is")
    func registration() throws {
        func counted(_ text: String) throws -> [String] {
            try Planned(text).plan.edge.hosts.flatMap(\.routes).filter(\.registersClients).map(\.match.path)
        }
        #expect(try counted(Self.spec()) == ["/auth/realms/mcp/clients-registrations/"])
        #expect(try counted(Self.spec(routes: "routes: [/auth]")) == ["/auth/realms/mcp/clients-registrations/"])
        let own = "/auth/realms/mcp/clients-registrations/openid-connect"
        #expect(try counted(Self.spec(routes: "routes: [/auth/realms/mcp/protocol, \(own)]")) == [own, own + "/"])
        #expect(try counted(Self.spec(routes: "routes: [/auth/realms/mcp/protocol]")) == [])
        // Of other issuers nobody knows what registers.
        #expect(try counted(Self.spec().replacing("/auth/realms/mcp", with: "/oauth")) == [])
        #expect(try Self.shut(Self.spec().replacing("/auth/realms/mcp", with: "/oauth")) == [:])
    }
}
