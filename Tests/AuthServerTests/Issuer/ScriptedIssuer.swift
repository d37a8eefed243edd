import Cryptography
import HTTPClient
import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig

@testable import AuthServer

/// An issuer without a network: its documents, keys and answers, and what it was asked.
final class ScriptedIssuer: IssuerClient {
    static let issuer = "https://login.example.com/realms/mcp"
    static let keysURL = "https://login.example.com/keys"

    typealias Answer = @Sendable (_ url: String, _ form: String?) throws(HTTPClientError) -> HTTPClientResponse

    private struct State {
        var answer: Answer
        var questions: [String] = []
        var forms: [String] = []
    }

    private let state: Locked<State>

    init(_ answer: @escaping Answer) {
        state = Locked(State(answer: answer))
    }

    var questions: [String] { state.withLock { $0.questions } }
    var forms: [String] { state.withLock { $0.forms } }

    func answer(by answer: @escaping Answer) { state.withLock { $0.answer = answer } }

    func document(
        at url: String, authorization: String?, longestBody: Int
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        state.withLock { $0.questions.append(url) }
        return try state.withLock { $0.answer }(url, nil)
    }

    func answer(
        to form: String, at url: String, authorization: String?, once: Bool
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        state.withLock { state in
            state.questions.append(url)
            state.forms.append((authorization.map { $0 + " " } ?? "") + form)
        }
        return try state.withLock { $0.answer }(url, form)
    }

    static func json(_ json: JSON, _ status: Int = 200, age: Int = 300) -> HTTPClientResponse {
        HTTPClientResponse(
            status: status, fields: [.init(name: "cache-control", value: "max-age=\(age)")],
            body: json.encoded(.compact))
    }

    /// A key set of these keys.
    static func keys(_ keys: [IssuerKey]) throws(HTTPClientError) -> HTTPClientResponse {
        json(["keys": .array(keys.map { JWK($0.key, id: $0.id).json })])
    }
}

/// A key that an issuer signs with.
struct IssuerKey: Sendable {
    let id: String
    let key: JWK.Key
    private let sign: @Sendable (JSON, String) throws(CryptographyError) -> String

    static func p256(_ id: String) throws(CryptographyError) -> IssuerKey {
        let key = try P256PrivateKey.generate()
        return IssuerKey(id: id, key: .p256(key.publicKey)) { (claims, type) throws(CryptographyError) in
            try JWS.sign(claims, type: type, keyID: id, with: key)
        }
    }

    static func rsa(_ id: String) throws(CryptographyError) -> IssuerKey {
        let key = try RSAPrivateKey.generate()
        return IssuerKey(id: id, key: .rsa(key.publicKey)) { (claims, type) throws(CryptographyError) in
            try JWS.sign(claims, type: type, keyID: id, with: key)
        }
    }

    private init(
        id: String, key: JWK.Key, sign: @escaping @Sendable (JSON, String) throws(CryptographyError) -> String
    ) {
        (self.id, self.key, self.sign) = (id, key, sign)
    }

    /// A token for the resource, good for five minutes from the start of the tests' clock.
    func token(
        _ changes: [(String, JSON)] = [], type: String = "at+jwt", resource: String = "https://mcp.example.com/mcp"
    ) throws(CryptographyError) -> String {
        var claims: [(String, JSON)] = [
            ("iss", .string(ScriptedIssuer.issuer)), ("sub", "alice"), ("aud", .string(resource)),
            ("client_id", "cid_client"), ("scope", "mcp.tools"), ("iat", 1_800_000_000), ("exp", 1_800_003_600),
        ]
        for (name, value) in changes {
            claims.removeAll { $0.0 == name }
            if value != .null { claims.append((name, value)) }
        }
        return try sign(.object(claims.map { JSONMember($0.0, $0.1) }), type)
    }

    /// Claims as they are.
    func signed(_ claims: JSON, type: String = "JWT") throws(CryptographyError) -> String { try sign(claims, type) }
}

/// The verification of an issuer's tokens as nginx asks for it, at a time that the test sets.
struct VerifyingServer: Sendable {
    let issuer: ScriptedIssuer
    let clock = ManualClock()
    let told = Locked<[String]>([])
    private let listener: PrivateListener

    init(
        _ issuer: ScriptedIssuer, elsewhere: ScriptedIssuer? = nil,
        keys: RuntimeConfig.KeySource = .url(ScriptedIssuer.keysURL), change: (inout RuntimeConfig) -> Void = { _ in }
    ) throws {
        self.issuer = issuer
        var config = Sample.external()
        config.issuer = ScriptedIssuer.issuer
        config.verification = .signed(
            RuntimeConfig.SignedTokens(
                keys: keys, algorithms: [.rs256, .es256], types: ["at+jwt", "JWT"], leeway: 30, staleKeys: 3_600))
        change(&config)
        let told = told
        let reports = IssuerReports.verification(of: config.issuer) { text in told.withLock { $0.append(text) } }
        let issued: any IssuedTokens =
            switch config.verification {
            case .introspected(let introspection)?:
                IntrospectedTokens(
                    introspection, issuer: config.issuer, secret: Secret("s+cret"), client: issuer, reports: reports,
                    clock: clock.clock)
            case .signed(let signed)?:
                SignedTokens(
                    signed, issuer: config.issuer,
                    keys: IssuerKeys(
                        signed, issuer: config.issuer,
                        clients: IssuerClients(configured: issuer, elsewhere: elsewhere ?? issuer), reports: reports,
                        clock: clock.clock))
            case nil: preconditionFailure("the test takes the verification away")
            }
        listener = PrivateListener(
            config, standings: TokenStandings(issued: issued), clock: clock.clock, health: Health())
    }

    func ask(
        _ token: String, resource: String = "https://mcp.example.com/mcp"
    ) async -> HTTPResponse {
        let request = HTTPRequest(
            .get, "/_verify",
            headers: ["Host": "a", "X-MCP-Resource": resource, "Authorization": "Bearer \(token)"])
        return await listener.answer(request, listener.route(request))
    }

    func status(_ token: String, resource: String = "https://mcp.example.com/mcp") async -> Int {
        await ask(token, resource: resource).status
    }
}
