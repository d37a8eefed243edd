import HTTPServer
import OAuthProtocol

/// One endpoint of the authorization server, as the steps that are its own. ``EndpointPipeline`` takes them in their
/// order, together with those that all endpoints share; an endpoint calls none of the shared ones itself.
protocol Endpoint: Sendable {
    /// What a request says, read and found to be well formed.
    associatedtype Request: Sendable
    /// Who sent it, as ``access`` finds out; ``Anyone`` where that does not matter.
    associatedtype Caller: Sendable
    /// What came of it.
    associatedtype Outcome: Sendable

    var readers: EndpointReaders { get }
    /// Who may call, how they prove it, and what guards the proof.
    var access: EndpointAccess<Request, Caller> { get }
    /// Refuses what can be refused without a look at the body.
    func checkHead(_ call: EndpointCall) throws(Rejection)
    /// Reads the request.
    func parse(_ call: EndpointCall) throws(Rejection) -> Request
    /// Refuses a request that this caller may not make.
    func authorize(_ caller: Caller, _ request: Request) throws(Rejection)
    /// Does what was asked for.
    func act(_ request: Request, by caller: Caller, _ call: EndpointCall) async throws(Rejection) -> Outcome
    func respond(_ outcome: Outcome, to call: EndpointCall) -> HTTPResponse
}

extension Endpoint {
    func checkHead(_ call: EndpointCall) {}
    func authorize(_ caller: Caller, _ request: Request) {}
}

extension Endpoint where Outcome == HTTPResponse {
    func respond(_ outcome: HTTPResponse, to call: EndpointCall) -> HTTPResponse { outcome }
}

/// The caller of an endpoint that asks nobody for a proof.
struct Anyone: Sendable {}

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
