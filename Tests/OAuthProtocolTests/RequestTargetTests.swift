import Testing

@testable import OAuthProtocol

@Suite("Targets that can be read as two paths")
struct RequestTargetTests {
    @Test(
        "H64 a path that some reader resolves to another one is told from one that everybody reads alike",
        arguments: [
            "/mcp2/..;/mcp", "/mcp2/..;a=b/mcp", "/mcp2/.;/../mcp", #"/app/..\mcp"#, #"/app\..\mcp"#, "/app/..%5cmcp",
            "/app%5C..%5Cmcp", "/app/%2e%2e/mcp", "/app/%2E./mcp", "/app/..%2fmcp", "/app/%252e%252e/mcp",
            "/app/%25252e%25252e%25252fmcp", "/app/..%3b/mcp", "/app/..%3B%2fmcp", "/x/../mcp", "/mcp/.", "/mcp/..",
            "/mcp/./x", "//mcp2/mcp", #"/\mcp2/mcp"#, "/%2fmcp2/mcp", "/%5cmcp2/mcp", "/mcp#/../other", "/mcp#",
            "/mcp/%c0%ae%c0%ae/other", "/mcp/%00", "/mcp/a%0d%0ab", "/mcp/a%7f", "/mcp/\u{FFFD}%ff",
            "/mcp/%25252525252e",
        ])
    func ambiguous(target: String) {
        #expect(RequestTarget.isAmbiguous(target))
        #expect(RequestTarget.isAmbiguous(target + "?a=b"))
    }

    @Test(
        "a path with what sessions, identifiers and file names have in them is everybody's",
        arguments: [
            "/", "/mcp", "/mcp/", "/mcp/x//y", "/mcp/a%2Fb", "/mcp/a%20b", "/mcp/x;v=1", "/mcp/..x", "/mcp/x..",
            "/mcp/...",
            "/mcp/.well-known/x", "/mcp/100%25", "/mcp/%E2%82%AC", "/mcp/caf%C3%A9", "/mcp?next=/../x;", "/mcp?a=//b",
            "/mcp/%", "/mcp/%2", "/mcp/%zz", "",
        ])
    func plain(target: String) {
        #expect(!RequestTarget.isAmbiguous(target))
    }
}
