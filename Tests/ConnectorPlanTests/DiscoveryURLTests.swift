import ConnectorPlan
import Testing

@Suite("every URL is joined by its RFC")
struct DiscoveryURLTests {
    @Test(
        "clients look for the authorization server in the order of their specification",
        arguments: [
            (
                "https://mcp.example.com/mcp",
                [
                    "https://mcp.example.com/.well-known/oauth-authorization-server/mcp",
                    "https://mcp.example.com/.well-known/openid-configuration/mcp",
                    "https://mcp.example.com/mcp/.well-known/openid-configuration",
                ]
            ),
            (
                "https://mcp.example.com",
                [
                    "https://mcp.example.com/.well-known/oauth-authorization-server",
                    "https://mcp.example.com/.well-known/openid-configuration",
                ]
            ),
            (
                "https://mcp.example.com/a/b",
                [
                    "https://mcp.example.com/.well-known/oauth-authorization-server/a/b",
                    "https://mcp.example.com/.well-known/openid-configuration/a/b",
                    "https://mcp.example.com/a/b/.well-known/openid-configuration",
                ]
            ),
        ])
    func discovery(issuer: String, urls: [String]) throws {
        let planned = try Planned(Planned.spec(issuer: issuer))
        #expect(planned.plan.issuer.url == issuer)
        #expect(planned.plan.issuer.discoveryURLs == urls)
    }
}
