import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// The endpoints by their names, and what is the same for all of them: aliases that have ended, cross-origin requests,
/// and how a refusal is told.
struct EndpointHandlers: Sendable {
    private let handlers: [RuntimeConfig.EndpointName: any Endpoint]
    private let crossOrigin: CrossOriginPolicy
    private let clock: Clock

    /// Without an authority there are none.
    init(_ authority: Authority?) {
        clock = authority?.clock ?? .system
        crossOrigin = CrossOriginPolicy(authority?.config.resources ?? [])
        guard let authority else {
            handlers = [:]
            return
        }
        handlers = [.token: TokenEndpoint(authority: authority)]
    }

    func answer(_ request: HTTPRequest, at found: EndpointTable.Endpoint) async -> HTTPResponse {
        guard let name = RuntimeConfig.EndpointName(rawValue: found.name), let handler = handlers[name] else {
            return CommonAnswers.notFound
        }
        let now = clock.now
        if let alias = found.alias, alias.phase(today: now.utcDate, warningFrom: now.utcDate) == .gone {
            return CommonAnswers.gone
        }
        if let preflight = crossOrigin.preflight(request, for: name) { return preflight }
        let call = EndpointCall(request, alias: found.alias, subpath: found.subpath, now: now)
        var response: HTTPResponse
        do throws(Rejection) {
            response = try await handler.answer(call)
        } catch {
            response = HTTPResponse(error)
        }
        crossOrigin.mark(&response, to: request, for: name)
        return response
    }
}
