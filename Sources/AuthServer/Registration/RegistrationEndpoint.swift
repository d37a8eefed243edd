import HTTPServer
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// `/register` (RFC 7591), and below it the configuration of each client that registered (RFC 7592).
///
/// Beside requests, the coming into being of clients is limited, per address and, of those that never had a token, all
/// together. A body that is refused counts nothing there.
struct RegistrationEndpoint: Endpoint {
    let purpose: RateLimits.Purpose? = .otherRequest
    private let authority: Authority
    private let policy: RegistrationPolicy
    private let mode: RuntimeConfig.DynamicRegistration
    private let management: ClientConfiguration
    private let shared: SharedClient

    init(authority: Authority) {
        let config = authority.config
        self.authority = authority
        policy = authority.registration
        mode = config.lanes.contains(.dcr) ? config.dcr : .off
        management = ClientConfiguration(
            authority: authority, policy: policy, url: config.url(of: .register) ?? config.issuer)
        shared = SharedClient(config)
    }

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        guard call.subpath.isEmpty else { return try await management.answer(call) }
        let request = call.request
        try RegistrationHead(
            method: request.method.rawValue, contentTypes: request.headers.values(of: "Content-Type")
        ).check(mode)
        if mode == .dynamic { try authority.limits.check(.registration, for: call.clientAddress, now: call.now) }
        let metadata = try ClientMetadata(registration: request.body, policy: policy)
        let answer =
            switch mode {
            case .dynamic: try await register(metadata, call)
            case .staticClient: try shared.response(to: metadata, now: call.now)
            case .off: throw Rejection.registrationClosed
            }
        return HTTPResponse(201, fields: answer.fields, body: answer.body)
    }

    /// The answer is given once the client is on the disk.
    private func register(
        _ metadata: ClientMetadata, _ call: EndpointCall
    ) async throws(Rejection) -> RegistrationResponse {
        try authority.limits.spend(.registration, for: call.clientAddress, now: call.now)
        let made = try NewRegistration(metadata, authority: authority, now: call.now)
        let limit = authority.config.limits.unusedClients
        let admission = try await authority.asking { (store) throws(StoreFailure) in
            try await store.register(made.client, unusedLimit: limit)
        }
        switch admission {
        case .registered:
            return management.response(made.client, metadata, secret: made.secret?.text, token: made.accessToken)
        case .full: throw .rateLimited(retryAfter: Self.retryWhenFull)
        // 128 random bits that were there before: the source of chance is broken.
        case .taken: throw .unavailable(.store, retryAfter: 5)
        }
    }

    /// Seconds; by then unused clients may have been cleared away.
    private static let retryWhenFull = 600
}
