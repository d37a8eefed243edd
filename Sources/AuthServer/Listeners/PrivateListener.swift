import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// What nginx and the operator see: the answer to `auth_request`, and whether the server is well.
struct PrivateListener: Listener {
    let name = "private"
    private let resources: ResourceTable
    private let health: Health

    init(_ config: RuntimeConfig, health: Health) {
        resources = ResourceTable(config.resources)
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
        case .verification: verification(request)
        case .preflight: preflight(request)
        case .live, .ready: health.answer(request, route)
        case .endpoint, .metadata, .unknown: CommonAnswers.notFound
        }
    }

    /// nginx has asked for verification before, and puts the CORS headers on.
    private func preflight(_ request: HTTPRequest) -> HTTPResponse {
        request.method == .options
            ? HTTPResponse(204, headers: ["Cache-Control": "no-store"]) : CommonAnswers.methodNotAllowed([.options])
    }

    private func verification(_ request: HTTPRequest) -> HTTPResponse {
        guard request.method == .get || request.method == .head else {
            return CommonAnswers.methodNotAllowed([.get, .head])
        }
        let asked = VerificationRequest(
            resources: request.headers.values(of: VerificationContract.resource),
            authorization: request.headers["Authorization"], origin: request.headers["Origin"],
            originalMethod: request.headers[VerificationContract.originalMethod],
            requestedMethod: request.headers["Access-Control-Request-Method"])
        return switch asked.verdict(resources) {
        case .preflight: HTTPResponse(204, headers: ["Cache-Control": "no-store"])
        case .foreignOrigin: .json(403, OAuthError.accessDenied.body(), headers: ["Cache-Control": "no-store"])
        case .challenge(let challenge):
            .json(
                401, (challenge.error ?? .invalidToken).body(),
                headers: ["WWW-Authenticate": challenge.fieldValue, "Cache-Control": "no-store"])
        // nginx lets nothing through on a 5xx, and says 503 to the client.
        case .unknownResource: .json(500, OAuthError.serverError.body(), headers: ["Cache-Control": "no-store"])
        }
    }
}
