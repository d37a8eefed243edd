import HTTPServer
import OAuthProtocol

/// One endpoint of the authorization server: a function from a call to an answer, or to the reason why there is none.
protocol Endpoint: Sendable {
    /// What each request counts for; nil where there is nothing to protect.
    var purpose: RateLimits.Purpose? { get }

    /// Answers a request that is within the limits.
    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse
}

extension Endpoint {
    /// Counts the request before anything of its body is looked at, for what is beyond the limits must cost next to
    /// nothing; then answers it.
    func answer(_ call: EndpointCall, within limits: RateLimits) async throws(Rejection) -> HTTPResponse {
        if let purpose { try limits.spend(purpose, for: call.clientAddress, now: call.now) }
        return try await answer(call)
    }
}

extension HTTPResponse {
    init(_ status: Int, fields: [ResponseField], body: [UInt8]) {
        self.init(status, headers: HTTPHeaders(fields.map { HTTPHeaders.Field($0.name, $0.value) }), body: body)
    }

    /// What a program is told of a refusal.
    init(_ rejection: Rejection) {
        let error = rejection.wire
        self.init(error.status, fields: error.answerFields, body: Array(error.body.utf8))
    }
}
