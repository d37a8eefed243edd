import Cryptography
import Foundation
import OAuthModel
import RuntimeConfig
import TestSupport
import WebSyntax

/// A deployment with logins of its own (all users have the one password), the real executable behind two sockets, and
/// what a client does with it.
struct OAuthServerProcess {
    static let user = "alice"
    static let password = "correct horse"
    static let redirect = "https://chatgpt.com/cb"
    static let verifier = String(repeating: "v", count: 43)

    let server: ServerProcess

    static func start(
        _ arguments: [String] = [], users: [String] = [user], _ change: (inout RuntimeConfig) -> Void = { _ in }
    ) async throws -> OAuthServerProcess {
        let hash = try PasswordHash.make(Cryptography.Secret(password), cost: .init(memoryKiB: 8_192, passes: 1))
        let list = users.map { "\($0):\(hash.text)" }.joined(separator: "\n")
        let server = try await ServerProcess.start(arguments, environment: ["USERS": list]) { config in
            config.mode = .local
            config.login = nil
            config.users = .environment(right("USERS"))
            config.clients = [Sample.client("cid_mcp"), Sample.client("cid_other")]
            change(&config)
        }
        return OAuthServerProcess(server: server)
    }

    /// S256 of a verifier (RFC 7636 §4.2).
    static func challenge(_ verifier: String) -> String {
        ((try? Digest.sha256(verifier)).map { Base64URL.encode($0) }) ?? ""
    }

    /// A complete authorization request; the values given replace those of the same name, nil takes one out.
    static func authorization(_ changes: [(String, String?)] = []) -> String {
        let standard: [(String, String?)] = [
            ("response_type", "code"), ("client_id", "cid_mcp"), ("redirect_uri", redirect), ("state", "st"),
            ("code_challenge", challenge(verifier)), ("code_challenge_method", "S256"), ("scope", "mcp.tools"),
        ]
        let kept = standard.filter { pair in !changes.contains { $0.0 == pair.0 } }
        let all = (kept + changes).compactMap { name, value in value.map { (name, $0) } }
        return "/mcp/authorize?" + FormCoding.encoded(all)
    }

    /// Signs in and agrees; the answer is the redirect to the client.
    func approve(
        _ target: String = authorization(), in browser: Browser, as user: String = user, password: String = password
    ) async throws -> Answer {
        var page = try await browser.get(target)
        if page.status == 200, page.body.contains("name=\"password\"") {
            page = try await signIn(page, in: browser, as: user, password: password)
        }
        guard page.status == 200 else { return page }
        return try await browser.submit(page, [("decision", "allow")])
    }

    func signIn(
        _ page: Answer, in browser: Browser, as user: String = user, password: String = password
    ) async throws -> Answer {
        try await browser.submit(page, [("username", user), ("password", password)])
    }

    /// A fresh code, by a browser of its own.
    func code(_ changes: [(String, String?)] = []) async throws -> String {
        let answer = try await approve(Self.authorization(changes), in: Browser(server))
        guard let code = answer.redirectParameter("code") else { throw PageForm.Missing(page: answer) }
        return code
    }

    /// A token request; the values given replace those of the same name, nil takes one out.
    func token(_ changes: [(String, String?)], fields: [(String, String)] = []) async throws -> Answer {
        let pairs = changes.compactMap { name, value in value.map { (name, $0) } }
        return try await post("/mcp/token", FormCoding.encoded(pairs), fields: fields)
    }

    func redeem(_ code: String, _ changes: [(String, String?)] = []) async throws -> Answer {
        let standard: [(String, String?)] = [
            ("grant_type", "authorization_code"), ("code", code), ("client_id", "cid_mcp"),
            ("redirect_uri", Self.redirect), ("code_verifier", Self.verifier),
        ]
        return try await token(standard.filter { pair in !changes.contains { $0.0 == pair.0 } } + changes)
    }

    func refresh(_ token: String, _ changes: [(String, String?)] = []) async throws -> Answer {
        let standard: [(String, String?)] = [
            ("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", "cid_mcp"),
        ]
        return try await self.token(standard.filter { pair in !changes.contains { $0.0 == pair.0 } } + changes)
    }

    func post(
        _ path: String, _ body: String, type: String = "application/x-www-form-urlencoded",
        fields: [(String, String)] = []
    ) async throws -> Answer {
        var head = "POST \(path) HTTP/1.1\r\nHost: \(Sample.host)\r\nConnection: close\r\nContent-Type: \(type)\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        let raw = try await server.ask("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return Answer(status: raw.status, head: raw.head, body: raw.body)
    }

    /// What nginx asks about a token.
    func verify(_ token: String, resource: String = "https://mcp.example.com/mcp") async throws -> Answer {
        let raw = try await server.ask(
            "GET /_verify HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-MCP-Resource: \(resource)\r\n"
                + "Authorization: Bearer \(token)\r\n\r\n", of: "private.sock")
        return Answer(status: raw.status, head: raw.head, body: raw.body)
    }
}
