import Cryptography
import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig
import TestSupport
import WebSyntax

@testable import AuthServer

/// A deployment in this process, called without a socket, over a store that a test can look into and at a time that it
/// sets.
struct InProcessServer: Sendable {
    static let master = Cryptography.Secret(Array(0..<32))

    let services: Services
    let dispatcher: EndpointDispatcher
    let time: ManualClock
    private let listener: PrivateListener

    static let clients = [
        Sample.client("cid_mcp"), Sample.client("cid_other"),
        RuntimeConfig.Client(
            id: "resource-server", label: "Resource server", status: .active,
            authMethods: [.clientSecretBasic], secret: .environment(right("RS_SECRET")), redirects: [],
            allowIntrospection: true),
        RuntimeConfig.Client(
            id: "poster", label: "Poster", status: .active, authMethods: [.clientSecretPost],
            secret: .environment(right("POST_SECRET")), redirects: []),
    ]

    static let secrets = ["RS_SECRET": "s3cr:t +%/é", "POST_SECRET": "posted-secret"]

    init(
        store: any OAuthStore = MemoryOAuthStore(), fetcher: (any DocumentFetcher)? = nil,
        identity: (any IdentityProvider)? = nil, master: Cryptography.Secret = master,
        at start: UnixTime = ManualClock.start, _ change: (inout RuntimeConfig) -> Void = { _ in }
    ) throws {
        var config = Sample.config(clients: Self.clients)
        change(&config)
        time = ManualClock(at: start)
        let surroundings = Surroundings(
            variable: { Self.secrets[$0] }, file: { .failure(SystemFile.Failure(path: $0, code: 2)) })
        services = try Services(
            config, store: store, keys: ServerKeys(master: master, issuer: config.issuer), fetcher: fetcher,
            surroundings: surroundings, clock: time.clock)
        dispatcher = try EndpointDispatcher(services, identity: identity)
        listener = PrivateListener(
            config, standings: TokenStandings(issued: services.tokens.verifier), clock: services.clock, health: Health()
        )
    }

    var now: UnixTime { time.now }
    var store: any OAuthStore { services.store }

    func pass(_ span: Duration) { time.pass(span) }

    /// What nginx is told of a bearer token.
    func verification(_ token: String, resource: String = GrantFixture.resource) async -> HTTPResponse {
        let request = HTTPRequest(
            .get, "/_verify",
            headers: ["Host": "a", "X-MCP-Resource": resource, "Authorization": "Bearer \(token)"])
        return await listener.answer(request, listener.route(request))
    }

    var grants: GrantFixture {
        let time = time
        return GrantFixture(store: services.store, now: { time.now })
    }

    /// Asks an endpoint as the listener does.
    func ask(
        _ target: EndpointTable.Target, _ method: HTTPMethod = .post, _ fields: [(String, String)] = [],
        _ body: String = ""
    ) async -> Reply {
        await ask(target, method, fields, bytes: Array(body.utf8))
    }

    func ask(
        _ target: EndpointTable.Target, _ method: HTTPMethod, _ fields: [(String, String)], bytes: [UInt8]
    ) async -> Reply {
        let headers = HTTPHeaders(fields.map { HTTPHeaders.Field($0.0, $0.1) })
        return Reply(await dispatcher.answer(HTTPRequest(method, "/", headers: headers, body: bytes), at: target))
    }

    /// Registers with a JSON body, from an address.
    func register(_ body: String, from address: String = "192.0.2.1") async -> Reply {
        await ask(registration, .post, [("Content-Type", "application/json"), ("X-Real-IP", address)], body)
    }

    /// Asks the configuration endpoint of a client.
    func manage(_ method: HTTPMethod, _ id: String, token: String?, _ body: String = "") async -> Reply {
        let credentials = token.map { [("Authorization", "Bearer \($0)")] } ?? []
        return await ask(
            .clientConfiguration(id: id), method, [("Content-Type", "application/json")] + credentials, body)
    }

    /// Posts a form.
    func post(
        _ target: EndpointTable.Target, _ pairs: [(String, String)], _ fields: [(String, String)] = []
    ) async -> Reply {
        await ask(
            target, .post, [("Content-Type", "application/x-www-form-urlencoded")] + fields, FormCoding.encoded(pairs)
        )
    }

    var token: EndpointTable.Target { .endpoint(.token, alias: nil) }
    var revocation: EndpointTable.Target { .endpoint(.revoke, alias: nil) }
    var introspection: EndpointTable.Target { .endpoint(.introspect, alias: nil) }
    var registration: EndpointTable.Target { .endpoint(.register, alias: nil) }

    func isActive(_ access: String) async throws -> Bool {
        try await services.tokens.facts(of: access, now: time.now) != nil
    }

    /// True when the store holds no client that never had a token.
    func hasNoClients() async throws -> Bool {
        let probe = StoredClient(id: "dyn_probe", metadata: "{}", createdAt: time.now)
        guard try await services.store.register(probe, unusedLimit: 1) == .registered else { return false }
        return try await services.store.deleteClient("dyn_probe", now: time.now)
    }
}

extension EndpointDispatcher {
    /// The endpoints behind the pages of the server, and with the provider that the config has unless another is given.
    init(_ services: Services, identity: (any IdentityProvider)? = nil) throws {
        let flow = AuthorizationFlow(
            services, pages: try SamplePages.pages(),
            identity: identity ?? IdentityProviders.provider(users: services.users, upstream: nil))
        self.init(services, flow)
    }
}

/// An answer, and its body as JSON.
struct Reply {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    init(_ response: HTTPResponse) {
        status = response.status
        headers = response.headers
        body = response.body
    }

    var json: JSON { (try? JSON.parse(body)) ?? .null }
    var error: String? { json["error"]?.string }
    var outcome: String { "\(status) \(error ?? "")" }
    subscript(_ name: String) -> String? { json[name]?.string }
}

/// `client_secret_basic` (RFC 6749 §2.3.1).
enum Basic {
    /// The field that says who a client is.
    static func field(_ id: String, _ secret: String) -> (String, String) {
        let text = "\(FormCoding.encoded(id)):\(FormCoding.encoded(secret))"
        return ("Authorization", "Basic \(base64(text))")
    }

    static func base64(_ text: String) -> String {
        var encoded = Base64URL.encode(Array(text.utf8)).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        while encoded.count % 4 != 0 { encoded.append("=") }
        return String(encoded)
    }
}
