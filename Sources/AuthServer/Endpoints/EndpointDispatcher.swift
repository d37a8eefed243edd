import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// Leads a request to its endpoint, and does what is the same for all of them: aliases that have ended, cross-origin
/// requests, and how a refusal is told.
struct EndpointDispatcher: Sendable {
    let registry: EndpointRegistry
    private let crossOrigin: CrossOriginPolicy
    private let pages: Pages
    private let clock: Clock

    init(_ services: Services, _ flow: AuthorizationFlow) {
        registry = EndpointRegistry(services, flow)
        crossOrigin = CrossOriginPolicy(services.config.resources)
        pages = flow.pages
        clock = services.clock
    }

    func answer(_ request: HTTPRequest, at target: EndpointTable.Target) async -> HTTPResponse {
        let now = clock.now
        let call: EndpointCall
        let pipeline: EndpointPipeline?
        switch target {
        case .endpoint(let name, let alias):
            call = EndpointCall(request, alias: alias, now: now)
            pipeline = registry.endpoints[name]
        case .clientConfiguration(let id):
            call = EndpointCall(request, configuredClient: id, now: now)
            pipeline = registry.clientConfiguration
        }
        guard let pipeline else { return CommonAnswers.notFound }
        let phase = call.alias?.phase(at: now)
        if phase == .gone { return CommonAnswers.gone }
        if let preflight = crossOrigin.preflight(request, for: pipeline.readers) { return preflight }
        var response: HTTPResponse
        do throws(Rejection) {
            response = try await pipeline.answer(call)
        } catch {
            response = refusal(error, of: request, to: pipeline.readers)
            response.reason = error.reason
        }
        // Whoever reads the log learns who has to move before the day comes.
        if phase == .ending, response.reason == nil { response.reason = "alias ends \(call.alias?.sunset.text ?? "")" }
        crossOrigin.mark(&response, to: request, for: pipeline.readers)
        return response
    }

    private func refusal(
        _ rejection: Rejection, of request: HTTPRequest, to readers: EndpointReaders
    ) -> HTTPResponse {
        readers == .people ? ErrorAnswer.response(rejection, to: request, pages) : HTTPResponse(rejection)
    }
}
