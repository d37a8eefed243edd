import ConnectorPlan
import TestSupport
import Testing

@testable import ConnectorBackends

@Suite("what a server block has already", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxExistingLocationTests {
    private func test(_ rendered: RenderedNginx, beside location: String) throws -> (status: Int32, output: String) {
        let servers = """
                server {
                    listen 127.0.0.1:{PORT};
                    server_name mcp.example.com;
                    \(location)
                    include nginx/mcp.example.com.conf;
                }
            """
        return try ScratchNginx(
            http: "    include nginx/connectorgen-http.conf;", servers: servers,
            files: rendered.artifacts.map { ($0.path, $0.bytes) }
        ).test()
    }

    @Test("nginx takes none of the locations that the runbook lists beside the generated ones, and all others")
    func duplicates() throws {
        let rendered = try RenderedNginx(NginxSpecs.plain())
        let host = try #require(rendered.plan.edge.hosts.first)
        let listed = host.routes.compactMap(Runbook.location)
        #expect(listed.contains("location = /mcp") && listed.contains("location /mcp/"))
        for location in listed {
            let (status, output) = try test(rendered, beside: "\(location) { return 404; }")
            #expect(status != 0 && output.contains("duplicate location"), "\(location): \(output)")
        }
        let others = [
            "/", "/mcp", "= /mcp/", "~ ^/mcp", "/mcp/x", "/.well-known", "/.well-known/",
            "^~ /.well-known/acme-challenge/", "= /other", "~* \\.php$",
        ]
        let kept = others.map { "location \($0) { return 404; }" }.joined(separator: "\n        ")
        #expect(try test(rendered, beside: kept) == (0, ""))
    }
}
