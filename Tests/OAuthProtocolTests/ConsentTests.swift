import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing

@Suite("Consent and aliases")
struct ConsentTests {
    private func question(_ redirect: String, _ client: ClientRecord) throws -> ConsentQuestion {
        ConsentQuestion(try Flow.validated(Flow.list(("redirect_uri", redirect)), client: client), client: client)
    }

    @Test("C06 C08 the page has the host that gets the code, the name, the scopes and the resource")
    func shown() throws {
        var client = Flow.client(["https://evil.example/cb"])
        client.name = "ChatGPT"
        let question = try question("https://evil.example/cb", client)
        #expect(question.redirectHost == "evil.example")
        #expect(question.clientName == "ChatGPT")
        #expect(question.clientHost == nil)
        #expect(question.scopes == ["mcp.tools"])
        #expect(question.resource == "https://mcp.example.com/mcp")
        #expect(question.warnings.isEmpty)
    }

    @Test("C07 a code that goes to this machine is warned about, whatever else the client has registered")
    func loopback() throws {
        let client = Flow.client(["http://localhost/cb", "http://127.0.0.1:8080/cb"], match: .loopback, type: .native)
        let asked = try question("http://localhost:5000/cb", client)
        #expect(asked.warnings == [.loopback])
        #expect(asked.redirectHost == "localhost")
        let mixed = Flow.client(["http://localhost/cb", Flow.callback], match: .loopback, type: .native)
        #expect(try question(Flow.callback, mixed).warnings.isEmpty)
        #expect(try question("http://localhost:5000/cb", mixed).warnings == [.loopback])
    }

    @Test("G01 the host of the document is shown, and a redirect elsewhere is warned about")
    func document() throws {
        var client = Flow.client([Flow.callback])
        client.id = "https://client.example/oauth/client.json"
        client.origin = .document
        let list = Flow.list(("client_id", client.id))
        let question = ConsentQuestion(try Flow.validated(list, client: client), client: client)
        #expect(question.clientHost == "client.example")
        #expect(question.warnings == [.otherHost])
    }

    @Test("C04 what a browser says of a request's origin decides whether a form is taken")
    func fetchSite() {
        for value in [nil, "same-origin"] { #expect(FetchSite.allowsForm(value)) }
        for value in ["cross-site", "same-site", "none", "SAME-ORIGIN", ""] { #expect(!FetchSite.allowsForm(value)) }
    }

    @Test("B39 pages load nothing, are framed by nobody and tell nobody where they were")
    func fields() {
        let fields = ResponseField.page(formActions: ["https://app.example.com"])
        let policy = fields.first { $0.name == "Content-Security-Policy" }?.value ?? ""
        #expect(policy.hasPrefix("default-src 'none'; "))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(policy.contains("form-action 'self' https://app.example.com"))
        #expect(!policy.contains("unsafe"))
        for field in [("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store")] {
            #expect(fields.contains(ResponseField(field.0, field.1)))
        }
    }

    @Test("R11 an alias warns before its day, works on it and is gone after it")
    func sunset() throws {
        let alias = RuntimeConfig.Alias(
            path: "/old/token", endpoint: .token, sunset: try CalendarDate(parsing: "2027-03-31"), defaultClient: nil)
        #expect(alias.phase(today: "2026-11-21", warningFrom: "2026-12-21") == .served)
        #expect(alias.phase(today: "2027-03-10", warningFrom: "2027-04-09") == .ending)
        #expect(alias.phase(today: "2027-03-31", warningFrom: "2027-04-30") == .ending)
        #expect(alias.phase(today: "2027-04-01", warningFrom: "2027-05-01") == .gone)
    }
}
