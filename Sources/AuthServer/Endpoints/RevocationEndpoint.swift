import HTTPServer
import OAuthProtocol
import OAuthStores

/// `/revoke` (RFC 7009): ends an access token, or with a refresh token its whole grant. Whether there was anything to
/// end is not told; that it is done is told once it is on the disk.
struct RevocationEndpoint: Endpoint {
    let authority: Authority
    let purpose: RateLimits.Purpose? = .tokenRequest

    private static let done = HTTPResponse(200, headers: ["Cache-Control": "no-store", "Pragma": "no-cache"])

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let form = try call.form()
        let asked = try RevocationRequest(form)
        let client = try await authority.authenticate(call, form)
        guard let hash = try authority.storedHash(ofToken: asked.token) else { return Self.done }
        _ = try await authority.asking { (store) throws(StoreFailure) in
            try await store.revoke(TokenRevocation(hash, clientID: client.id), now: call.now)
        }
        return Self.done
    }
}
