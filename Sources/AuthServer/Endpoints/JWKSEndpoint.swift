import HTTPServer
import OAuthProtocol

/// `/jwks` (RFC 7517 §5): the public halves of the keys that sign our tokens.
struct JWKSEndpoint: Endpoint {
    let signing: SigningKeys
    /// A document that is the same for everybody.
    let purpose: RateLimits.Purpose? = nil

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        guard call.request.method == .get || call.request.method == .head else {
            throw .wrongMethod(allowed: ["GET", "HEAD", "OPTIONS"])
        }
        do throws(KeyFailure) {
            return MetadataAnswer(document: try await signing.ring(at: call.now).document).response(to: call.request)
        } catch {
            throw Rejection(error)
        }
    }
}
