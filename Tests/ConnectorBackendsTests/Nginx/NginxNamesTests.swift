import ConnectorPlan
import TestSupport
import Testing

@testable import ConnectorBackends

@Suite("names of nginx")
struct NginxNamesTests {
    private func names(_ rendered: RenderedNginx) throws -> NginxNames {
        NginxNames(rendered.plan, try #require(rendered.plan.nginx))
    }

    @Test("each address has one upstream name, and a connector may be called auth")
    func upstreams() throws {
        let more = """
              auth:
                public_url: https://mcp.example.com/other
                upstream: http://127.0.0.1:3931
                client_id: cid_other
                scopes: [other]
              third:
                public_url: https://mcp.example.com/third
                upstream: http://127.0.0.1:3930/api
                client_id: cid_third
                scopes: [third]
            """
        let rendered = try RenderedNginx(NginxSpecs.plain(connector: more))
        let names = try names(rendered)
        #expect(
            names.upstreams.map(\.name) == ["example_auth", "example_auth_private", "example_mcp", "example_auth_mcp"])
        #expect(
            rendered.plan.resources.map(names.upstream(of:)) == ["example_mcp", "example_auth_mcp", "example_mcp"])
    }

    @Test("resources of one host are asked for at paths of their own, which none of its routes has")
    func verificationPaths() throws {
        let rendered = try RenderedNginx(
            NginxSpecs.plain(
                connector: "    aliases: [/mcp2, /_connectorgen/example/mcp, /_connectorgen/example/mcp/mcp2]"))
        let names = try names(rendered)
        let paths = rendered.plan.resources.indices.map(names.verificationPath(of:))
        #expect(paths[0] == "/_connectorgen/example/mcp_" && Set(paths).count == paths.count)
        let host = try #require(rendered.plan.edge.hosts.first)
        #expect(Set(host.routes.map(\.match.path)).isDisjoint(with: paths))
        let (status, output) = try rendered.scratch().test()
        #expect(status == 0 && output == "")
    }
}
