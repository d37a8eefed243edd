import HTTPServer
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// `/register` (RFC 7591).
///
/// Beside requests, the coming into being of clients is limited, per address and, of those that never had a token, all
/// together. A body that is refused counts nothing there.
struct RegistrationEndpoint: Endpoint {
    let readers = EndpointReaders.programs
    let access: EndpointAccess<ClientMetadata, Anyone>
    private let clients: ClientService
    private let tokens: TokenService
    private let policy: RegistrationPolicy
    private let mode: DynamicRegistration
    private let unusedLimit: Int
    private let configuration: ClientConfiguration
    private let shared: SharedClient

    init(
        _ config: RuntimeConfig, clients: ClientService, tokens: TokenService, policy: RegistrationPolicy,
        configuration: ClientConfiguration
    ) {
        mode = config.registrationMethods.contains(.dcr) ? config.dcr : .off
        access = .open(limit: .otherRequest, quota: mode == .dynamic ? .registration : nil)
        self.clients = clients
        self.tokens = tokens
        self.policy = policy
        self.configuration = configuration
        unusedLimit = config.limits.unusedClients
        shared = SharedClient(config, clients: clients)
    }

    func checkHead(_ call: EndpointCall) throws(Rejection) {
        try RegistrationHead(
            method: call.request.method.rawValue, contentTypes: call.request.headers.values(of: "Content-Type")
        ).check(mode)
    }

    func parse(_ call: EndpointCall) throws(Rejection) -> ClientMetadata {
        try ClientMetadata(registration: call.request.body, policy: policy)
    }

    /// The answer is given once the client is on the disk.
    func act(
        _ metadata: ClientMetadata, by caller: Anyone, _ call: EndpointCall
    ) async throws(Rejection) -> RegistrationResponse {
        switch mode {
        case .dynamic: try await register(metadata, now: call.now)
        case .staticClient: try shared.response(to: metadata, now: call.now)
        case .off: throw Rejection.registrationClosed
        }
    }

    func respond(_ response: RegistrationResponse, to call: EndpointCall) -> HTTPResponse {
        HTTPResponse(201, fields: response.fields, body: response.body)
    }

    private func register(_ metadata: ClientMetadata, now: UnixTime) async throws(Rejection) -> RegistrationResponse {
        let made = try NewRegistration(metadata, tokens: tokens, now: now)
        switch try await clients.register(made.client, unusedLimit: unusedLimit) {
        case .registered:
            return configuration.response(made.client, metadata, secret: made.secret?.text, token: made.accessToken)
        case .full: throw .rateLimited(retryAfter: Self.retryWhenFull)
        // 128 random bits that were there before: the source of chance is broken.
        case .taken: throw .unavailable(.store, retryAfter: 5)
        }
    }

    /// Seconds; by then unused clients may have been cleared away.
    private static let retryWhenFull = 600
}
