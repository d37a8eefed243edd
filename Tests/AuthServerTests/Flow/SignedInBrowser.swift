import Cryptography
import HTTPServer
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig
import Testing

@testable import AuthServer

/// A browser in which somebody is signed in, before the endpoints of the flow: called without a socket, at a time that
/// the test sets.
struct SignedInBrowser: Sendable {
    let flow: AuthorizationFlow
    private let server: InProcessServer
    private let users: UserDirectory
    private let browser: OpaqueToken

    init(users: [String] = ["alice", "bob"]) throws {
        server = try InProcessServer { config in
            config.login = nil
            config.clients = [Sample.client("cid_mcp")]
        }
        let services = server.services
        let hash = try PasswordHash.make(Cryptography.Secret("correct horse"), cost: .init(memoryKiB: 8_192, passes: 1))
        let lines = users.map { "\($0):\(hash.text)" }.joined(separator: "\n")
        let known = try #require(LocalUsers.parse(Array(lines.utf8), place: "users").users)
        let directory = try UserDirectory(known, key: services.keys.passwords)
        self.users = directory
        flow = AuthorizationFlow(
            services, pages: try SamplePages.pages(), identity: LocalPasswords(LocalLogin(directory)))
        browser = try services.tokens.newToken(.browser, now: ManualClock.start)
    }

    func pass(_ span: Duration) { server.pass(span) }

    /// The consent page of a fresh authorization request.
    func consent(_ changes: [(String, String?)] = []) async throws -> PageForm {
        let target = OAuthServerProcess.authorization(changes)
        let text = target.drop { $0 != "?" }.dropFirst()
        let request = HTTPRequest(
            .get, "/mcp/authorize", query: try FormParameters(decoding: Array(text.utf8)), headers: try headers())
        let page = try await answer(request, AuthorizationEndpoint(flow: flow))
        return try PageForm(Answer(page))
    }

    /// Where a button of the consent page leads, or why nowhere.
    func press(_ decision: String, _ form: PageForm, as user: String? = "alice") async throws -> Answer {
        try await post(form, [("decision", decision)], to: ConsentEndpoint(flow: flow), as: user)
    }

    func post(
        _ form: PageForm, _ values: [(String, String)], to endpoint: some Endpoint, as user: String? = "alice"
    ) async throws -> Answer {
        var fields = try headers(as: user)
        fields.add("Content-Type", "application/x-www-form-urlencoded")
        let body = Array(FormCoding.encoded(form.hidden + values).utf8)
        let request = HTTPRequest(.post, form.action, headers: fields, body: body)
        return Answer(try await answer(request, endpoint))
    }

    private func answer(_ request: HTTPRequest, _ endpoint: some Endpoint) async throws -> HTTPResponse {
        try await EndpointPipeline(endpoint, limits: server.services.limits)
            .answer(EndpointCall(request, now: server.now))
    }

    private func headers(as user: String? = "alice") throws -> HTTPHeaders {
        var cookies = ["\(BrowserCookie.browser.name)=\(browser.text)"]
        if let user {
            let session = Session(
                subject: user, authenticatedAt: ManualClock.start,
                password: try #require(users.password(of: user)))
            let value = try session.cookieValue(browser: browser, key: server.services.keys.sessions)
            cookies.append("\(flow.sessionCookie.name)=\(value)")
        }
        return ["Cookie": cookies.joined(separator: "; ")]
    }
}

extension Answer {
    init(_ response: HTTPResponse) {
        let fields = response.headers.fields.map { "\($0.name): \($0.value)" }
        self.init(
            status: response.status, head: (["HTTP/1.1"] + fields).joined(separator: "\r\n"), body: response.body)
    }
}
