import HTTPServer
import OAuthProtocol

/// `/jwks` (RFC 7517 §5): the public halves of the keys that sign our tokens.
struct JWKSEndpoint: Endpoint {
    let readers = EndpointReaders.everybody
    let signing: SigningKeys
    /// A document that is the same for everybody.
    let access = EndpointAccess<Void, Anyone>.open(limit: nil)

    func checkHead(_ call: EndpointCall) throws(Rejection) {
        guard call.request.method == .get || call.request.method == .head else {
            throw .wrongMethod(allowed: ["GET", "HEAD", "OPTIONS"])
        }
    }

    func parse(_ call: EndpointCall) {}

    func act(_ request: Void, by caller: Anyone, _ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let ring = try await Rejection.mapError { () throws(KeyFailure) in try await signing.ring(at: call.now) }
        return MetadataAnswer(document: ring.document).response(to: call.request)
    }
}
