import Cryptography
import HTTPServer
import OAuthProtocol
import Testing

@testable import AuthServer

@Suite("the session of a browser")
struct SessionTests {
    private static let start = ManualClock.start
    private let key: AEADKey
    private let browser: OpaqueToken
    private let password: SecretHash

    init() throws {
        key = try ServerKeys(master: InProcessServer.master, issuer: Sample.issuer).sessions
        password = try SecretHash(of: "of a password")
        browser = OpaqueToken(.browser, madeAt: Self.start, secret: [UInt8](repeating: 1, count: 32))
    }

    @Test("C45 it counts for an hour, in the browser that it was made for, and on this server")
    func life() throws {
        let session = Session(subject: "alice", authenticatedAt: Self.start, password: password)
        let value = try session.cookieValue(browser: browser, key: key)
        func read(_ text: String, _ browser: OpaqueToken, _ key: AEADKey, after span: Duration = .zero) throws
            -> Session?
        {
            try Session(text, browser: browser, key: key, now: Self.start + span)
        }
        #expect(try read(value, browser, key) == session)
        #expect(try read(value, browser, key, after: .seconds(3_600) - .milliseconds(1)) == session)
        #expect(try read(value, browser, key, after: .seconds(3_600)) == nil)
        #expect(try read(value, browser, key, after: .milliseconds(-1)) == nil)
        let other = OpaqueToken(.browser, madeAt: Self.start, secret: [UInt8](repeating: 2, count: 32))
        #expect(try read(value, other, key) == nil)
        let foreign = try ServerKeys(master: InProcessServer.master, issuer: "https://other.example.com/mcp")
            .sessions
        #expect(try read(value, browser, foreign) == nil)
        for index in value.indices {
            var changed = Array(value)
            let place = value.distance(from: value.startIndex, to: index)
            changed[place] = changed[place] == "A" ? "B" : "A"
            #expect(try read(String(changed), browser, key) == nil)
        }
        #expect(try read("", browser, key) == nil)
    }

    @Test("an answer is read as it was written, beside any request")
    func answers() throws {
        let request = AuthorizationRequest(
            clientID: "c", redirectURI: "https://a.example/cb", state: #"{"denied":true}"#,
            challenge: CodeChallenge(stored: "x"), resource: "https://r.example/mcp", scopes: ["allowed_at"],
            nonce: "\"denied\"", prompt: try Prompt(""), maxAge: 5)
        for answer in [nil, .denied, .allowed(at: Self.start + .milliseconds(7))] as [ConsentAnswer?] {
            let text = request.storedText(answer: answer)
            #expect(ConsentAnswer(stored: text) == answer)
            #expect(AuthorizationRequest(stored: text, clientID: "c") == request)
        }
        for text in ["", "[]", "{}", #"{"denied":false}"#, #"{"allowed_at":"1"}"#] {
            #expect(ConsentAnswer(stored: text) == nil)
        }
    }
}
