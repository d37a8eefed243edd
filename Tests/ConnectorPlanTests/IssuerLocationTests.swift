import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import Testing

@Suite("an external issuer is elsewhere, behind an upstream of its own, or in the application")
struct IssuerLocationTests {
    private static func spec(
        issuer: String = "https://a.example.com", keys: String = "", connector: String = "",
        url: String = "https://a.example.com/mcp", nginx: String = "{ version: \"1.22\" }"
    ) -> String {
        """
        version: 1
        name: demo
        issuer: { url: \(issuer), mode: external, registration: [dcr]\(keys) }
        connectors:
          mcp: { public_url: \(url), upstream: "http://127.0.0.1:3003", verify: application\(connector) }
        clients: [claude]
        targets: { nginx: \(nginx) }
        """
    }

    /// `/token -> /token` of what leads to the issuer on a host.
    private static func led(_ planned: Planned, _ host: String = "a.example.com") -> [String] {
        planned.plan.edge.hosts.filter { $0.name == host }.flatMap(\.routes).compactMap { route in
            switch route.action {
            case .external(let path): "\(route.match.path) => \(path)"
            case .issuer(let path): "\(route.match.path) -> \(path)"
            default: nil
            }
        }
    }

    @Test("an issuer that nothing leads to is left to the site, its documents among it")
    func site() throws {
        let planned = try Planned(Self.spec())
        #expect(planned.findings == [])
        #expect(planned.plan.issuer.location == .site)
        #expect(Self.led(planned) == [])
        let taken = planned.routes("a.example.com")
        #expect(
            !taken.contains {
                $0.contains(" /.well-known/") && !$0.contains("protected-resource") && !$0.contains("/mcp")
            })
    }

    @Test("the application itself: both documents, and the endpoints of the standard")
    func application() throws {
        let planned = try Planned(Self.spec(keys: ", upstream: \"http://127.0.0.1:3003\""))
        #expect(planned.plan.issuer.location == .routed)
        #expect(
            Self.led(planned) == [
                "/.well-known/oauth-authorization-server => /.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration => /.well-known/openid-configuration",
                "/authorize -> /authorize", "/authorize/ -> /authorize/", "/token -> /token", "/token/ -> /token/",
                "/register -> /register", "/register/ -> /register/", "/revoke -> /revoke", "/revoke/ -> /revoke/",
                "/.well-known/jwks.json -> /.well-known/jwks.json",
            ])
    }

    @Test("below a path: every shape that clients ask leads to the path at the issuer")
    func mapped() throws {
        let planned = try Planned(
            Self.spec(issuer: "https://a.example.com/oauth", keys: ", upstream: \"http://127.0.0.1:4000/\""))
        #expect(
            Self.led(planned) == [
                "/.well-known/oauth-authorization-server/oauth => /.well-known/oauth-authorization-server",
                "/oauth/.well-known/oauth-authorization-server => /.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration/oauth => /.well-known/openid-configuration",
                "/oauth/.well-known/openid-configuration => /.well-known/openid-configuration",
                "/oauth -> /", "/oauth/ -> /",
            ])
        let other = try Planned(
            Self.spec(issuer: "https://a.example.com/oauth", keys: ", upstream: \"http://127.0.0.1:4000/x\""))
        #expect(Self.led(other).suffix(2) == ["/oauth -> /x", "/oauth/ -> /x/"])
    }

    @Test("an issuer with one document has all shapes bridged to it, and none to what it does not have")
    func bridged() throws {
        let openID = try Planned(
            Self.spec(
                issuer: "https://a.example.com/o/mcp/",
                keys:
                    ", upstream: \"http://127.0.0.1:4000\", documents: { openid: /o/mcp/.well-known/openid-configuration }"
            ))
        let served = "/o/mcp/.well-known/openid-configuration"
        #expect(
            Self.led(openID).prefix(4) == [
                "/.well-known/oauth-authorization-server/o/mcp => \(served)",
                "/o/mcp/.well-known/oauth-authorization-server => \(served)",
                "/.well-known/openid-configuration/o/mcp => \(served)",
                "/o/mcp/.well-known/openid-configuration => \(served)",
            ])
        let oauth = try Planned(
            Self.spec(keys: ", upstream: \"http://127.0.0.1:4000\", documents: { oauth: /meta }, routes: [/oauth]"))
        #expect(
            Self.led(oauth) == [
                "/.well-known/oauth-authorization-server => /meta", "/oauth -> /oauth", "/oauth/ -> /oauth/",
            ])
    }

    @Test("an application that is its own issuer at the path of its transport has no location twice")
    func samePath() throws {
        let planned = try Planned(
            Self.spec(issuer: "https://a.example.com/mcp", keys: ", upstream: \"http://127.0.0.1:3003\""))
        #expect(planned.findings == [])
        #expect(!Self.led(planned).contains { $0.hasPrefix("/mcp ->") })
        #expect(Self.led(planned).contains { $0.hasPrefix("/mcp/.well-known/openid-configuration =>") })
        #expect(!planned.routes("a.example.com").contains("^~ /mcp/.well-known/"))
        let other = try Planned(
            Self.spec(issuer: "https://a.example.com/mcp", keys: ", upstream: \"http://127.0.0.1:4000\""))
        #expect(other.diagnostics.map(\.code) == [.routeCollision])
    }

    @Test("an issuer on a host of its own is opened by its upstream, and stays away without")
    func ownHost() throws {
        let led = try Planned(
            Self.spec(issuer: "https://login.example.com", keys: ", upstream: \"http://127.0.0.1:4000\""))
        #expect(Self.led(led, "login.example.com").contains("/token -> /token"))
        let away = try Planned(Self.spec(issuer: "https://login.example.com"))
        #expect(away.plan.issuer.location == .elsewhere)
        #expect(away.plan.edge.hosts.map(\.name) == ["a.example.com"])
    }

    @Test("a Keycloak under the connector's name has its realm and its resources led to")
    func keycloak() throws {
        let planned = try Planned(
            Self.spec(
                issuer: "https://a.example.com/auth/realms/mcp",
                keys: ", upstream: \"http://keycloak:8080\"", connector: ", scopes: [mcp.tools], client_id: cid_a",
                nginx:
                    "{ version: \"1.22\" }\n  keycloak: { realm: mcp, server: \"https://a.example.com/auth\", version: \"26.7\" }"
            ).replacing("targets: { nginx: { version: \"1.22\" }", with: "targets:\n  nginx: { version: \"1.22\" }")
                .replacing("version: \"26.7\" } }", with: "version: \"26.7\" }"))
        let led = Self.led(planned)
        #expect(led.contains("/auth/realms/mcp/ -> /auth/realms/mcp/"))
        #expect(led.contains("/auth/resources/ -> /auth/resources/"))
        #expect(
            led.contains(
                "/.well-known/oauth-authorization-server/auth/realms/mcp => /auth/.well-known/oauth-authorization-server/realms/mcp"
            ))
        #expect(
            led.contains(
                "/.well-known/openid-configuration/auth/realms/mcp => /auth/realms/mcp/.well-known/openid-configuration"
            ))
    }

    @Test("the older transport has a second public path, on each host that serves it")
    func messages() throws {
        let planned = try Planned(
            Self.spec(
                connector: ", message_path: /messages, alias_hosts: [b.example.com]", url: "https://a.example.com/sse"))
        for host in ["a.example.com", "b.example.com"] {
            let routes = planned.routes(host)
            for route in ["= /sse", "= /messages", "^~ /messages/"] {
                #expect(routes.contains(route), "\(host) \(route)")
            }
        }
    }
}
