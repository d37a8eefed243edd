import OAuthProtocol

extension Pages {
    /// One page of each kind with all that can be on it, to prove the templates at the start.
    static let samples: [any Page] = {
        let hidden = [HiddenField("transaction", "sample"), HiddenField("csrf", "sample")]
        let question = ConsentQuestion(
            redirectHost: "app.example.com", clientName: "Sample", clientHost: "app.example.com", clientID: "sample",
            resource: "https://mcp.example.com/mcp", scopes: ["mcp.tools"], staysConnected: true,
            warnings: [.loopback, .privateUseScheme, .otherHost])
        return [
            SignInPage(question, action: "/login", hidden: hidden, notice: .throttled(retryAfter: 1)),
            ConsentPage(action: "/consent", hidden: hidden, question: question, subject: "sample"),
            ProviderPage(
                action: "/consent", hidden: hidden, redirectHost: question.redirectHost, clientName: "Sample",
                providerHost: "login.example.com"),
            OnwardPage(location: "https://login.example.com/authorize", providerHost: "login.example.com"),
            ContinuePage(location: "https://app.example.com/callback", redirectHost: question.redirectHost),
            MessagePage(.unavailable(.store, retryAfter: 1)),
        ]
    }()
}
