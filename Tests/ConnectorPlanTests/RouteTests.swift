import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import Testing

@Suite("every URL has one answer")
struct RouteTests {
    @Test("a plain deployment has these routes and no other")
    func routes() throws {
        let planned = try Planned(Planned.spec())
        #expect(planned.findings == [])
        #expect(
            planned.routes("mcp.example.com") == [
                "= /.well-known/oauth-authorization-server/mcp", "= /mcp/authorize", "= /mcp/token", "= /mcp/register",
                "^~ /mcp/register/", "= /mcp/revoke", "= /mcp/introspect", "= /mcp/userinfo", "= /mcp/jwks.json",
                "= /mcp/consent", "= /mcp/login", "= /.well-known/oauth-protected-resource/mcp",
                "= /.well-known/oauth-protected-resource", "= /mcp", "^~ /mcp/", "^~ /mcp/.well-known/",
                "= /authorize", "= /token", "= /register",
                "^~ /.well-known/oauth-protected-resource/", "= /.well-known/oauth-authorization-server",
                "^~ /.well-known/oauth-authorization-server/", "= /.well-known/openid-configuration",
                "^~ /.well-known/openid-configuration/", "= /.well-known/mcp", "^~ /.well-known/mcp/",
                "= /.well-known/mcp.json",
            ])
    }

    @Test("an authorization server of others on the connector's own host keeps the URLs of its documents")
    func foreignDocuments() throws {
        let spec = """
            version: 1
            name: demo
            issuer: { url: https://a.example.com, mode: external, registration: [dcr] }
            connectors:
              mcp:
                public_url: https://a.example.com/mcp
                upstream: http://127.0.0.1:3003
                scopes: [mcp.tools]
                verify: application
            clients: [claude]
            targets: { nginx: { server_names: [a.example.com] } }
            """
        let planned = try Planned(spec)
        #expect(planned.diagnostics.allSatisfy { $0.severity != .error })
        #expect(
            planned.routes("a.example.com") == [
                "= /.well-known/oauth-protected-resource/mcp", "= /.well-known/oauth-protected-resource", "= /mcp",
                "^~ /mcp/", "^~ /mcp/.well-known/", "^~ /.well-known/oauth-protected-resource/", "= /.well-known/mcp",
                "^~ /.well-known/mcp/", "= /.well-known/mcp.json",
            ])
    }

    @Test("a guest on a host leaves everything at its root to another deployment, and tokens name no origin")
    func guest() throws {
        let planned = try Planned(Planned.spec(targets: "{ nginx: { guest_on: [mcp.example.com] } }"))
        #expect(planned.findings == [])
        #expect(
            planned.routes("mcp.example.com").allSatisfy { route in
                route.hasSuffix("/mcp") || route.contains(" /mcp/")
            })
        #expect(planned.plan.edge.hosts[0].rootRoutes.isEmpty && planned.plan.resources[0].equivalentIdentifiers == [])
    }

    @Test("what a guest has at the root all the same is written in its spec")
    func guestWithRoot() throws {
        let planned = try Planned(
            Planned.spec(
                connectorKeys: "root_prm: origin", targets: "{ nginx: { guest_on: [mcp.example.com] } }"))
        #expect(planned.routes("mcp.example.com").contains("= /.well-known/oauth-protected-resource"))
        #expect(planned.routes("mcp.example.com").count { !$0.contains("/mcp") } == 1)
    }

    @Test("a root transport takes its one path and leaves the rest of the host alone")
    func rootTransport() throws {
        let planned = try Planned(Planned.spec(publicURL: "https://mcp.example.com"))
        let routes = planned.routes("mcp.example.com")
        #expect(routes.contains("= /") && !routes.contains("^~ /"))
        #expect(!routes.contains { $0.contains("//") })
    }

    @Test("two things for one URL are an error that names both lines")
    func collision() throws {
        let planned = try Planned(Planned.spec(connectorKeys: "aliases: [/mcp/token]"))
        #expect(planned.findings == ["410:14"])
        let finding = planned.diagnostics[0]
        #expect(finding.severity == .error)
        #expect(finding.secondary.map { planned.sources[$0.span.file].position(at: $0.span.start).line } == [4])
    }

    @Test("an alias that repeats another is a collision at the second")
    func aliasTwice() throws {
        let planned = try Planned(
            Planned.spec(
                connectorKeys: """
                    legacy_aliases:
                      - { path: /old, sunset: 2027-03-31 }
                      - { path: /old, sunset: 2027-03-31 }
                    """))
        #expect(planned.diagnostics.allSatisfy { $0.code == .routeCollision })
        #expect(planned.diagnostics.count == 1, "one mistake, one finding, though three endpoints collide")
    }

    @Test("a path at the origin that is taken stays with what takes it")
    func occupiedFallback() throws {
        let taken = try Planned(Planned.spec(connectorKeys: "aliases: [/token]"))
        #expect(taken.findings == [] && taken.routes("mcp.example.com").contains("= /authorize"))
        let owner = taken.plan.edge.hosts[0].routes.first { $0.match == .exact("/token") }
        guard case .transport? = owner?.action else { return #expect(Bool(false), "\(String(describing: owner))") }
        let declined = try Planned(
            Planned.spec(issuerKeys: "origin_fallbacks: false", connectorKeys: "aliases: [/token]"))
        #expect(declined.findings == [] && !declined.routes("mcp.example.com").contains("= /authorize"))
    }

    @Test("endpoints stand where the spec puts them, and old families lead to the same endpoints")
    func overridesAndLegacy() throws {
        let planned = try Planned(
            Planned.spec(
                issuerKeys: "endpoints: { token: /oauth2/token }",
                connectorKeys: "legacy_aliases:\n  - { path: /api/connector/oauth, sunset: 2027-03-31 }"))
        #expect(planned.plan.issuer.endpoints[.token] == "https://mcp.example.com/oauth2/token")
        let aliases = planned.plan.resources[0].legacyAliases
        #expect(
            aliases.map(\.path) == [
                "/api/connector/oauth/authorize", "/api/connector/oauth/token", "/api/connector/oauth/register",
            ])
        #expect(aliases.allSatisfy { $0.defaultClient?.value.text == "cid_example" && $0.sunset.text == "2027-03-31" })
        for document in planned.plan.documents { #expect(!document.body.contains("/api/connector/oauth")) }
    }

    @Test("hosts come in the order of server_names")
    func serverNames() throws {
        let hosts = try Planned(
            Planned.spec(
                connectorKeys: "alias_hosts: [old.example.com]",
                targets: "{ nginx: { server_names: [old.example.com, mcp.example.com] } }"))
        #expect(hosts.plan.edge.hosts.map(\.name) == ["old.example.com", "mcp.example.com"])
    }

    @Test("ports and plain http are kept on loopback")
    func loopback() throws {
        let url = "http://127.0.0.1:8080/mcp"
        let planned = try Planned(Planned.spec(issuer: url, publicURL: url))
        let host = try #require(planned.plan.edge.hosts.first)
        #expect(host.name == "127.0.0.1" && host.authority == "127.0.0.1:8080")
        #expect(host.scheme == "http" && host.port == 8080)
        #expect(
            planned.plan.resources[0].metadataURL
                == "http://127.0.0.1:8080/.well-known/oauth-protected-resource/mcp")
        #expect(!planned.routes("127.0.0.1").contains("^~ /.well-known/acme-challenge/"))
    }

    @Test("one host cannot have two ports")
    func twoPorts() throws {
        let planned = try Planned(
            Planned.spec(issuer: "http://127.0.0.1:8080/mcp", publicURL: "http://127.0.0.1:9090/mcp"))
        #expect(planned.diagnostics.map(\.code.number) == [253])
    }

    @Test("hosts and routes are the same with a proxy target and without any")
    func withoutTarget() throws {
        let with = try Planned(Planned.spec())
        let without = try Planned(Planned.spec(targets: "{}"))
        #expect(without.plan.nginx == nil && without.findings == [])
        #expect(without.plan.edge.hosts.map(\.name) == ["mcp.example.com"])
        #expect(without.routes("mcp.example.com") == with.routes("mcp.example.com"))
    }
}
