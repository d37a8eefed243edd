import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// What nginx and the operator see: the answer to `auth_request`, and whether the server is well.
struct PrivateListener: Listener {
    let name = "private"
    private let verification: VerificationEndpoint
    private let health: Health

    /// `authority` is nil where this server issues no tokens.
    init(
        _ config: RuntimeConfig, authority: Authority? = nil, services: ServiceTokens = .none, health: Health
    ) {
        verification = VerificationEndpoint(
            resources: config.resources, verifier: authority?.verifier, services: services,
            clock: authority?.clock ?? .system)
        self.health = health
    }

    func route(_ request: HTTPRequest) -> Route {
        switch request.path {
        case VerificationContract.path: .verification
        case VerificationContract.preflightPath: .preflight
        default: health.route(request.path) ?? .unknown
        }
    }

    func answer(_ request: HTTPRequest, _ route: Route) async -> HTTPResponse {
        switch route {
        case .verification: await verification.answer(request)
        case .preflight: preflight(request)
        case .live, .ready: await health.answer(request, route)
        case .endpoint, .metadata, .domainProof, .unknown: CommonAnswers.notFound
        }
    }

    private func preflight(_ request: HTTPRequest) -> HTTPResponse {
        request.method == .options
            ? CrossOriginPolicy.transportPreflight(request) : CommonAnswers.methodNotAllowed([.options])
    }
}
