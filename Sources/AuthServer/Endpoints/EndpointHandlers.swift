import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// The endpoints by their names, and what is the same for all of them: aliases that have ended, cross-origin requests,
/// the limits of an address, and how a refusal is told.
struct EndpointHandlers: Sendable {
    private let handlers: [RuntimeConfig.EndpointName: any Endpoint]
    private let crossOrigin: CrossOriginPolicy
    private let pages: Pages?
    private let clock: Clock
    private let limits: RateLimits

    /// Those that a person sees, whose refusals are pages.
    private static let seen: Set<RuntimeConfig.EndpointName> = [.authorize, .login, .consent]

    /// Without a flow there are none.
    init(_ flow: AuthorizationFlow?) {
        let authority = flow?.authority
        clock = authority?.clock ?? .system
        crossOrigin = CrossOriginPolicy(authority?.config.resources ?? [])
        pages = flow?.pages
        limits = authority?.limits ?? RateLimits(.off)
        guard let flow, let authority else {
            handlers = [:]
            return
        }
        handlers = [
            .authorize: AuthorizationEndpoint(flow: flow), .login: SignInEndpoint(flow: flow),
            .consent: ConsentEndpoint(flow: flow), .token: TokenEndpoint(authority: authority),
            .register: RegistrationEndpoint(authority: authority), .revoke: RevocationEndpoint(authority: authority),
            .introspect: IntrospectionEndpoint(authority: authority),
            .userinfo: UserInfoEndpoint(authority: authority, claims: flow.login),
            .jwks: JWKSEndpoint(signing: authority.signing),
        ]
    }

    func answer(_ request: HTTPRequest, at found: EndpointTable.Endpoint) async -> HTTPResponse {
        let name = found.name
        guard let handler = handlers[name] else { return CommonAnswers.notFound }
        let now = clock.now
        if let alias = found.alias, alias.phase(today: now.utcDate, warningFrom: now.utcDate) == .gone {
            return CommonAnswers.gone
        }
        if let preflight = crossOrigin.preflight(request, for: name) { return preflight }
        let call = EndpointCall(request, alias: found.alias, subpath: found.subpath, now: now)
        var response: HTTPResponse
        do throws(Rejection) {
            response = try await handler.answer(call, within: limits)
        } catch {
            response = refusal(error, of: request, at: name)
            response.reason = error.reason
        }
        crossOrigin.mark(&response, to: request, for: name)
        return response
    }

    private func refusal(
        _ rejection: Rejection, of request: HTTPRequest, at name: RuntimeConfig.EndpointName
    ) -> HTTPResponse {
        guard Self.seen.contains(name), let pages else { return HTTPResponse(rejection) }
        return ErrorAnswer.response(rejection, to: request, pages)
    }
}
