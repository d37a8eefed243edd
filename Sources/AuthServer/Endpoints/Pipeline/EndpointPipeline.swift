import HTTPServer
import OAuthProtocol

/// Takes a request through the steps of an endpoint in their order: limit, parse, authenticate, authorize, act,
/// respond. The shared steps are taken here alone, so no endpoint can leave one out; what a step refuses reaches none
/// after it.
struct EndpointPipeline: Sendable {
    /// What callers prove who they are by; nil where they need not.
    let proof: CallerProof?
    /// What each request counts for; nil for nothing.
    let limit: RateLimits.Purpose?
    let readers: EndpointReaders
    private let steps: @Sendable (EndpointCall) async throws(Rejection) -> HTTPResponse

    init<Served: Endpoint>(_ endpoint: Served, limits: RateLimits) {
        let access = endpoint.access
        proof = access.proof
        limit = access.limit
        readers = endpoint.readers
        steps = { (call) async throws(Rejection) -> HTTPResponse in
            if let limit = access.limit { try limits.spend(limit, for: call.clientAddress, now: call.now) }
            try endpoint.checkHead(call)
            if let quota = access.quota { try limits.check(quota, for: call.clientAddress, now: call.now) }
            let request = try endpoint.parse(call)
            let caller = try await access.authenticate(request, call)
            try endpoint.authorize(caller, request)
            if let quota = access.quota { try limits.spend(quota, for: call.clientAddress, now: call.now) }
            let outcome = try await endpoint.act(request, by: caller, call)
            return endpoint.respond(outcome, to: call)
        }
    }

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse { try await steps(call) }
}
