import OAuthModel
import Testing
import WebSyntax

@Suite("names of identity headers, and how an application's own tokens begin")
struct IdentityHeaderNameTests {
    @Test(
        "a header of a caller's identity has a name of its own",
        arguments: ["X-User-Id", "Remote-User", "x-mcp-subject"])
    func names(_ text: String) throws {
        #expect(try IdentityHeaderName(parsing: text).text == text)
    }

    @Test(
        "a name that nginx, HTTP or a framework gives a meaning to is none, nor one with other bytes",
        arguments: [
            "", "X", "1X", "X_User", "X-User ", "X-User\r\nY", "Xé", "Host", "authorization", "Cookie",
            "X-Forwarded-For",
            "X-Real-IP", "Content-Length", "Transfer-Encoding", "Sec-Fetch-Site", "X-MCP-Resource",
            "X-HTTP-Method-Override", "Mcp-Session-Id", "X-MCP-Authorization", "X-" + String(repeating: "a", count: 31),
        ])
    func refused(_ text: String) {
        #expect(throws: InvalidValue.self) { try IdentityHeaderName(parsing: text) }
    }

    @Test(
        "a prefix of an application's tokens is told from every other token",
        arguments: ["pat_", "sk-live_", "ghp_", "cgx"])
    func prefixes(_ text: String) throws {
        // `cgx` is shorter than a tag of ours, and could be its beginning.
        if text == "cgx" {
            #expect(throws: InvalidValue.self) { try TokenPrefix(parsing: text) }
        } else {
            #expect(try TokenPrefix(parsing: text).text == text)
        }
    }

    @Test(
        "one that a JWT or a token of this server begins with, that is short or no token is refused",
        arguments: [
            "", "a", "pa", "eyJ", "eyJhbGciOi", "eyAi", "ewog", "cgat_", "cgrt_x", "cga", "cgat", "pat *", "pat_*",
            "pat_.=",
            "é__", ".*", "***", "pat_\n", String(repeating: "a", count: 65),
        ])
    func refusedPrefixes(_ text: String) {
        #expect(throws: InvalidValue.self) { try TokenPrefix(parsing: text) }
    }
}
