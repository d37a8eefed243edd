import OAuthProtocol

@testable import AuthServer

/// Pages as they look with usual values, for goldens and screenshots.
enum SamplePages {
    static let hidden = [HiddenField("transaction", "tx_0123456789"), HiddenField("csrf", "c3JmLXRva2Vu-_")]

    static func question(
        host: String = "chatgpt.com", name: String? = "ChatGPT", document: String? = nil,
        id: String = "cid_a859560609a6448aa2f3a1c29f6ab496", scopes: [String] = ["mcp.tools", "offline_access"],
        warnings: [ConsentQuestion.Warning] = []
    ) -> ConsentQuestion {
        ConsentQuestion(
            redirectHost: host, clientName: name, clientHost: document, clientID: id,
            resource: "https://mcp.example.com/mcp", scopes: scopes,
            staysConnected: scopes.contains("offline_access"), warnings: warnings)
    }

    static func pages() throws -> Pages {
        try PageDirectory.load(nil, issuer: "https://mcp.example.com/mcp")
    }

    static let all: [(name: String, page: any Page)] = [
        ("sign-in", SignInPage(question(), action: "/mcp/login", hidden: hidden)),
        (
            "sign-in-refused",
            SignInPage(question(), action: "/mcp/login", hidden: hidden, username: "alice", notice: .refused)
        ),
        (
            "sign-in-throttled",
            SignInPage(
                question(), action: "/mcp/login", hidden: hidden, username: "alice", notice: .throttled(retryAfter: 30))
        ),
        ("consent", ConsentPage(action: "/mcp/consent", hidden: hidden, question: question(), subject: "alice")),
        (
            "consent-document",
            ConsentPage(
                action: "/mcp/consent", hidden: hidden,
                question: question(
                    host: "callback.attacker.example", document: "claude.ai",
                    id: "https://claude.ai/oauth/claude-code-client-metadata",
                    scopes: ["openid", "email", "mcp.tools", "mcp.admin", "offline_access"], warnings: [.otherHost]),
                subject: "alice@example.com")
        ),
        (
            "consent-loopback",
            ConsentPage(
                action: "/mcp/consent", hidden: hidden,
                question: question(host: "127.0.0.1", name: "Claude Code", warnings: [.loopback]), subject: "alice")
        ),
        (
            "consent-unnamed",
            ConsentPage(
                action: "/mcp/consent", hidden: hidden,
                question: question(
                    host: "cursor://anysphere.cursor-mcp", name: nil, scopes: [], warnings: [.privateUseScheme]),
                subject: "alice")
        ),
        (
            "continue",
            ContinuePage(
                location: "https://chatgpt.com/cb?code=cgac_1&state=a%26b&iss=https%3A%2F%2Fmcp.example.com%2Fmcp",
                redirectHost: "chatgpt.com")
        ),
        ("message-expired", MessagePage(.expiredTransaction)),
        ("message-redirect", MessagePage(.redirect(.unregistered))),
        ("message-unknown-client", MessagePage(.unknownClient(id: "<script>"))),
        ("message-unavailable", MessagePage(.unavailable(.store, retryAfter: 5))),
        ("message-missing-cookie", MessagePage(.missingCookie)),
        ("message-denied", MessagePage(.denied, status: 200)),
    ]
}
