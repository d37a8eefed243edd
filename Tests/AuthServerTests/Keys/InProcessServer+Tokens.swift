import Cryptography
import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig
import WebSyntax

@testable import AuthServer

/// A server with one client and signing keys, whose tokens a test takes apart.
extension InProcessServer {
    static func issuing(
        store: any OAuthStore = MemoryOAuthStore(), issuer: String = Sample.issuer, format: TokenFormat = .jwt,
        master: Cryptography.Secret = master, at start: UnixTime = ManualClock.start,
        change: (inout RuntimeConfig) -> Void = { _ in }
    ) async throws -> InProcessServer {
        let server = try InProcessServer(store: store, master: master, at: start) { config in
            config.login = nil
            config.issuer = issuer
            config.tokens.format = format
            config.clients = [
                RuntimeConfig.Client(
                    id: "cid_mcp", label: "a client", status: .active, authMethods: [.none], secret: nil, redirects: [])
            ]
            change(&config)
        }
        try await server.services.signing.rotateIfDue(now: server.now)
        return server
    }

    var ring: KeyRing { services.signing.ring }

    /// Puts a code into the store, as consent does.
    func code(
        scope: String = "mcp.tools", details: String = "{}", resource: String = GrantFixture.resource
    ) async throws -> String {
        try await grants.code(for: "cid_mcp", scope: scope, details: details, resource: resource, subject: "user-1")
    }

    struct Refused: Error { let answer: JSON }

    /// What the token endpoint says about a form.
    func ask(_ form: String) async throws -> JSON {
        let request = HTTPRequest(
            .post, "/mcp/token", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array(form.utf8))
        let answer = await dispatcher.answer(request, at: .endpoint(.token, alias: nil))
        let json = try JSON.parse(answer.body)
        guard answer.status == 200 else { throw Refused(answer: json) }
        return json
    }

    /// The answer to the redemption of a fresh code.
    func grant(
        scope: String = "mcp.tools", details: String = "{}", resource: String = GrantFixture.resource
    ) async throws -> JSON {
        let code = try await code(scope: scope, details: details, resource: resource)
        return try await ask(
            "grant_type=authorization_code&client_id=cid_mcp&code_verifier=\(GrantFixture.verifier)&code=\(code)")
    }

    /// Redeems a code that stands in the store, as its client.
    func redeem(_ code: String) async -> Reply {
        await post(
            token,
            [
                ("grant_type", "authorization_code"), ("code", code), ("client_id", "cid_mcp"),
                ("redirect_uri", GrantFixture.redirect), ("code_verifier", GrantFixture.verifier),
            ])
    }

    func refresh(_ refreshToken: String) async -> Reply {
        await post(
            token, [("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_id", "cid_mcp")])
    }

    func accessToken() async throws -> String { try await grant()["access_token"]?.string ?? "" }

    /// The status that nginx gets.
    func verify(_ token: String, resource: String = GrantFixture.resource) async -> Int {
        await verification(token, resource: resource).status
    }

    /// Signs claims with the key that signs now, as nobody but this server can.
    func sign(_ claims: JSON, type: String = "at+jwt") throws -> String {
        guard let signer = ring.signer(at: now) else { throw KeyFailure.sealed }
        return try JWS.sign(claims, type: type, keyID: signer.id, with: signer.key)
    }
}

/// A token taken apart.
struct TokenParts {
    let header, claims: JSON

    init(_ token: String?) throws {
        let parts = (token ?? "").split(separator: ".", omittingEmptySubsequences: false)
        header = try JSON.parse(Base64URL.decode(String(parts.first ?? "")) ?? [])
        claims = try JSON.parse(Base64URL.decode(parts.count == 3 ? String(parts[1]) : "") ?? [])
    }
}
