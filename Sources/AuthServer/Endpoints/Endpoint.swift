import HTTPServer
import OAuthProtocol

/// One endpoint of the authorization server: a function from a call to an answer, or to the reason why there is none.
protocol Endpoint: Sendable {
    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse
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
