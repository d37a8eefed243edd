import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// What nginx and the operator see: the answer to `auth_request`, and whether the server is well.
struct PrivateListener: Listener {
    let name = "private"
    private let verification: VerificationEndpoint
    private let health: Health

    init(
        _ config: RuntimeConfig, standings: TokenStandings = TokenStandings(), clock: Clock = .system, health: Health
    ) {
        verification = VerificationEndpoint(resources: config.resources, standings: standings, clock: clock)
        self.health = health
    }

    func route(_ request: HTTPRequest) -> PrivateRoute {
        switch request.path {
        case VerificationContract.path: .verification
        case VerificationContract.preflightPath: .preflight
        default: health.check(at: request.path).map(PrivateRoute.health) ?? .unknown
        }
    }

    func answer(_ request: HTTPRequest, _ route: PrivateRoute) async -> HTTPResponse {
        switch route {
        case .verification: await verification.answer(request)
        case .preflight: preflight(request)
        case .health(let check): await health.answer(request, check)
        case .unknown: CommonAnswers.notFound
        }
    }

    private func preflight(_ request: HTTPRequest) -> HTTPResponse {
        request.method == .options
            ? CrossOriginPolicy.transportPreflight(request) : CommonAnswers.methodNotAllowed([.options])
    }
}
