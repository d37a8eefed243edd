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

/// The token endpoint and the private listener over one store, called without a socket, at a time that the test sets.
struct InProcessTokenServer: Sendable {
    static let start = UnixTime(seconds: 1_800_000_000)
    static let resource = "https://mcp.example.com/mcp"
    static let verifier = String(repeating: "v", count: 43)
    static let master = Secret(Array(0..<32))

    let services: Services
    private let dispatcher: EndpointDispatcher
    let store: any OAuthStore
    private let time: Locked<UnixTime>
    private let listener: PrivateListener

    init(
        store: any OAuthStore = MemoryOAuthStore(), issuer: String = Sample.issuer, format: TokenFormat = .jwt,
        master: Secret = master, at time: UnixTime = start, change: (inout RuntimeConfig) -> Void = { _ in }
    ) async throws {
        var config = Sample.config(login: nil)
        config.issuer = issuer
        config.tokens.format = format
        config.clients = [
            RuntimeConfig.Client(
                id: "cid_mcp", label: "a client", status: .active, authMethods: [.none], secret: nil, redirects: [])
        ]
        change(&config)
        let time = Locked(time)
        self.time = time
        self.store = store
        services = try Services(
            config, store: store, keys: ServerKeys(master: master, issuer: issuer),
            clock: Clock { time.withLock { $0 } })
        dispatcher = try EndpointDispatcher(services)
        listener = PrivateListener(
            config, standings: TokenStandings(issued: services.tokens.verifier), clock: services.clock, health: Health()
        )
        try await services.signing.rotateIfDue(now: time.withLock { $0 })
    }

    var now: UnixTime { time.withLock { $0 } }
    var ring: KeyRing { services.signing.ring }

    func pass(_ span: Duration) {
        time.withLock { $0 = $0 + span }
    }

    /// Puts a code into the store, as consent does.
    func code(
        scope: String = "mcp.tools", details: String = "{}", resource: String = resource, subject: String = "user-1"
    ) async throws -> String {
        let code = try services.tokens.tokenIssuer.token(.authorizationCode, now: now)
        let pending = PendingAuthorization(
            id: try services.tokens.tokenIssuer.token(.transaction, now: now).hash(), clientID: "cid_mcp",
            details: "{}",
            createdAt: now, expiresAt: now + .seconds(600))
        try await store.begin(pending, limit: 1_000)
        let isIssued = try await store.approve(
            pending,
            code: AuthorizationCode(
                hash: code.hash(), clientID: "cid_mcp", redirectURI: "https://chatgpt.com/cb",
                challenge: Base64URL.encode(Digest.sha256(Self.verifier)), subject: subject, resource: resource,
                scope: scope, details: details,
                state: AuthorizationCodeState(expiresAt: now + TokenIssuer.codeLifetime)),
            now: now)
        guard isIssued else { throw Refused(answer: .null) }
        return code.text
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
        scope: String = "mcp.tools", details: String = "{}", resource: String = resource
    ) async throws -> JSON {
        let code = try await code(scope: scope, details: details, resource: resource)
        return try await ask(
            "grant_type=authorization_code&client_id=cid_mcp&code_verifier=\(Self.verifier)&code=\(code)")
    }

    func accessToken() async throws -> String { try await grant()["access_token"]?.string ?? "" }

    /// The status that nginx gets.
    func verify(_ token: String, resource: String = resource) async -> Int {
        await verification(token, resource: resource).status
    }

    func verification(_ token: String, resource: String = resource) async -> HTTPResponse {
        let request = HTTPRequest(
            .get, "/_verify",
            headers: ["Host": "a", "X-MCP-Resource": resource, "Authorization": "Bearer \(token)"])
        return await listener.answer(request, listener.route(request))
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
