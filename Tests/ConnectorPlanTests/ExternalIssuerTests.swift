import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import Testing

@Suite("an external issuer keeps its tokens, its endpoints and its name")
struct ExternalIssuerTests {
    static func spec(
        issuer: String = "https://auth.example.com/auth/realms/mcp", version: String = "26.7",
        server: String = "http://127.0.0.1:5050/auth", connectors: String = "", issuerKeys: String = ""
    ) -> String {
        """
        version: 1
        name: farm
        issuer: { url: "\(issuer)", mode: external\(issuerKeys) }
        connectors:
          search:
            public_url: https://search.example.com/mcp
            client_id: cid_search
            upstream: http://127.0.0.1:3940
            scopes: [mcp.search]
        \(connectors)
        targets:
          nginx: { server_names: [search.example.com, auth.example.com] }
          keycloak: { realm: mcp, server: "\(server)", version: "\(version)" }
        """
    }

    @Test("nothing of ours is issued, and the application verifies the tokens")
    func nothingIssued() throws {
        let planned = try Planned(Self.spec())
        #expect(planned.findings == [])
        #expect(planned.plan.documents.allSatisfy { $0.kind == .protectedResource })
        #expect(planned.plan.issuer.endpointPaths.isEmpty && planned.plan.runtime.endpoints.isEmpty)
        #expect(
            planned.plan.issuer.endpoints[.token]
                == "https://auth.example.com/auth/realms/mcp/protocol/openid-connect/token")
        #expect(planned.plan.resources.map(\.verification) == [.application])
        #expect(planned.plan.runtime.store == nil)
    }

    @Test(
        "the realm's document is led to where Keycloak has it",
        arguments: [
            (
                "https://auth.example.com/auth/realms/mcp", "26.7",
                "/auth/.well-known/oauth-authorization-server/realms/mcp"
            ),
            (
                "https://auth.example.com/auth/realms/mcp", "26.3",
                "/auth/realms/mcp/.well-known/oauth-authorization-server"
            ),
            ("https://auth.example.com/realms/mcp", "26.7", "/.well-known/oauth-authorization-server/realms/mcp"),
        ])
    func mapping(issuer: String, version: String, served: String) throws {
        let planned = try Planned(Self.spec(issuer: issuer, version: version))
        let host = try #require(planned.plan.edge.hosts.first { $0.name == "auth.example.com" })
        let path = try #require(planned.plan.issuer.discoveryURLs.first).dropFirst("https://auth.example.com".count)
        let route = try #require(host.routes.first { $0.match == .exact(String(path)) })
        guard case .external(let upstreamPath) = route.action else {
            return #expect(Bool(false), "\(route.action)")
        }
        #expect(upstreamPath == served)
        #expect(planned.plan.edge.externalServer?.text.hasPrefix("http") == true)
    }

    @Test("a realm whose own address is unknown has its document led nowhere")
    func unmapped() throws {
        let planned = try Planned(Self.spec(server: "https://auth.example.com"))
        #expect(!planned.routes("auth.example.com").contains { $0.contains("oauth-authorization-server") })
    }

    @Test("a scope of two connectors is an error, for the scope sets the audience")
    func sharedScope() throws {
        let second = """
              files:
                public_url: https://search.example.com/files
                client_id: cid_files
                upstream: http://127.0.0.1:3941
                scopes: [mcp.search]
            """
        let planned = try Planned(Self.spec(connectors: second))
        #expect(planned.diagnostics.map(\.code) == [.keycloakScopeShared])
    }

    @Test("the realm gets an audience scope, hosts that may register, and the predefined clients")
    func realm() throws {
        let planned = try Planned(Self.spec())
        let keycloak = try #require(planned.plan.keycloak)
        #expect(keycloak.scopes.map(\.audience) == ["https://search.example.com/mcp"])
        #expect(keycloak.trustedHosts.map(\.pattern) == ["search.example.com"])
        #expect(keycloak.staticClients.map(\.clientID) == ["cid_search"])
        #expect(keycloak.adminRealm == "mcp" && keycloak.adminClient == "connectorgen")
    }
}
