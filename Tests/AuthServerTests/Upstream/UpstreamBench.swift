import Cryptography
import HTTPClient
import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing

@testable import AuthServer

/// The endpoints of mode `upstream` before a scripted provider, and a browser that keeps cookies: no socket, and a time
/// that the test sets.
final class UpstreamBench {
    static let issuer = "https://login.example.com/tenant/"
    static let clientID = "upstream-client"
    static let code = "SplxlOBeZQQYbYS6WxSbIA"
    static let callback = "https://mcp.example.com/mcp/callback"

    let provider: ScriptedIssuer
    let server: InProcessServer
    let login: UpstreamLogin
    let key: IssuerKey
    let reports = Locked<[String]>([])
    private let dispatcher: EndpointDispatcher
    var cookies: [String: String] = [:]

    /// What the provider answers with; a test changes what it wants to lie about.
    struct Script: Sendable {
        var document: [(String, JSON)] = [
            ("issuer", .string(UpstreamBench.issuer)),
            ("authorization_endpoint", "https://login.example.com/authorize"),
            ("token_endpoint", "https://login.example.com/token"), ("jwks_uri", "https://login.example.com/keys"),
            ("userinfo_endpoint", "https://login.example.com/userinfo"), ("response_types_supported", ["code"]),
        ]
        var keys: [IssuerKey]
        var tokenStatus = 200
        /// In place of the tokens.
        var tokenBody: JSON?
        var tokenFailure: HTTPClientError?
        var userInfo: [(String, JSON)] = [("sub", "alice-at-home")]
    }

    let script: Locked<Script>
    /// The claims of the next ID token; the nonce is set when the browser leaves.
    let idToken = Locked<String>("")

    init(_ change: (inout RuntimeConfig.Login) -> Void = { _ in }) async throws {
        let key = try IssuerKey.p256("k1")
        let script = Locked(Script(keys: [key]))
        let idToken = idToken
        self.key = key
        self.script = script
        let provider = ScriptedIssuer { (url, form) throws(HTTPClientError) in
            let script = script.withLock { $0 }
            switch url {
            case UpstreamBench.issuer + ".well-known/openid-configuration":
                return ScriptedIssuer.json(.object(script.document.map { JSONMember($0.0, $0.1) }))
            case "https://login.example.com/keys": return try ScriptedIssuer.keys(script.keys)
            case "https://login.example.com/userinfo":
                return ScriptedIssuer.json(.object(script.userInfo.map { JSONMember($0.0, $0.1) }))
            case "https://login.example.com/token":
                if let failure = script.tokenFailure { throw failure }
                let tokens: JSON = [
                    "access_token": "upstream-access", "token_type": "bearer",
                    "id_token": .string(idToken.withLock { $0 }),
                ]
                return ScriptedIssuer.json(script.tokenBody ?? tokens, script.tokenStatus)
            default: throw .unreachable
            }
        }
        self.provider = provider
        var upstream = RuntimeConfig.Login(
            provider: .oidc, issuer: Self.issuer, clientID: Self.clientID, clientSecret: nil,
            scopes: ["openid", "email"], parameters: [.init(name: "audience", value: "https://api.example.com")],
            renewalPrompt: "login")
        change(&upstream)
        server = try InProcessServer { config in
            config.mode = .upstream
            config.login = upstream
            config.users = nil
            config.clients = [Sample.client("cid_mcp")]
        }
        let reports = reports
        let opened = try await UpstreamLogin.open(
            server.services, clients: IssuerClients(configured: provider, elsewhere: provider)
        ) { line in reports.withLock { $0.append(line) } }
        login = try #require(opened)
        dispatcher = try EndpointDispatcher(server.services, identity: login)
    }

    // MARK: a browser

    func open(
        _ name: EndpointName, _ query: [(String, String)], cookies jar: [String: String]? = nil
    ) async throws -> Answer {
        let request = HTTPRequest(
            .get, "/mcp/\(name)", query: try FormParameters(decoding: Array(FormCoding.encoded(query).utf8)),
            headers: fields(jar ?? cookies))
        return keep(await dispatcher.answer(request, at: .endpoint(name, alias: nil)), jar == nil)
    }

    func press(_ decision: String, _ page: Answer) async throws -> Answer {
        let form = try PageForm(page)
        var headers = fields(cookies)
        headers.add("Content-Type", "application/x-www-form-urlencoded")
        let body = Array(FormCoding.encoded(form.hidden + [("decision", decision)]).utf8)
        let request = HTTPRequest(.post, form.action, headers: headers, body: body)
        return keep(await dispatcher.answer(request, at: .endpoint(.consent, alias: nil)), true)
    }

    /// From the authorization request to the provider; what it is asked for.
    func leave(_ changes: [(String, String?)] = []) async throws -> [String: String] {
        // Whoever signed in has done so before.
        server.pass(.seconds(1))
        let target = OAuthServerProcess.authorization(changes)
        let pairs = target.drop { $0 != "?" }.dropFirst().split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (FormCoding.decoded(parts[0]), parts.count > 1 ? FormCoding.decoded(parts[1]) : "")
        }
        let page = try await open(.authorize, pairs)
        try #require(page.status == 200, "\(page.status) \(page.location ?? "") \(page.body)")
        let answer = try await press("sign-in", page)
        try #require(answer.status == 303, "\(answer.status) \(answer.body)")
        return Dictionary(answer.redirectParameters.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// Signs the ID token of a person who left with these parameters.
    func vouch(_ asked: [String: String], _ changes: [(String, JSON?)] = [], by signer: IssuerKey? = nil) throws {
        let now = Int(server.now.seconds)
        var claims: [(String, JSON)] = [
            ("iss", .string(Self.issuer)), ("sub", "alice-at-home"), ("aud", .string(Self.clientID)),
            ("iat", .int(now)), ("exp", .int(now + 300)), ("nonce", .string(asked["nonce"] ?? "")),
        ]
        for (name, value) in changes {
            claims.removeAll { $0.0 == name }
            if let value { claims.append((name, value)) }
        }
        let token = try (signer ?? key).signed(.object(claims.map { JSONMember($0.0, $0.1) }))
        idToken.withLock { $0 = token }
    }

    /// Comes back with the code of a person who left with these parameters.
    func comeBack(
        _ asked: [String: String], _ further: [(String, String)] = [], cookies jar: [String: String]? = nil
    ) async throws -> Answer {
        try await open(
            .callback, [("code", Self.code), ("state", asked["state"] ?? "")] + further, cookies: jar)
    }

    private func fields(_ jar: [String: String]) -> HTTPHeaders {
        var fields: HTTPHeaders = ["Accept": "text/html"]
        if !jar.isEmpty {
            fields.add("Cookie", jar.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; "))
        }
        return fields
    }

    private func keep(_ response: HTTPResponse, _ keeps: Bool) -> Answer {
        let answer = Answer(response)
        for field in answer.values("set-cookie") where keeps {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        return answer
    }
}
