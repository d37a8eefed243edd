import Cryptography
import HTTPServer
import OAuthProtocol
import OAuthStores
import RuntimeConfig

extension Authority {
    /// The client that a request to a form endpoint comes from, after it proved to be that one (RFC 6749 §2.3).
    func authenticate(_ call: EndpointCall, _ form: ParameterList) async throws(Rejection) -> ClientRecord {
        let presented = try PresentedCredentials(
            authorization: call.request.headers.values(of: "Authorization"), form: form,
            defaultClient: call.alias?.defaultClient)
        let client = try await clients.client(presented.clientID)
        let outcome = try authentication.outcome(
            presented, client: client, now: Int(call.now.seconds),
            matches: { secret, digest in
                (try? Digest.sha256(secret)).map { Digest.isEqual($0, digest) } ?? false
            },
            verifies: { _ in false })
        guard let client else { throw .client(.unknown(id: presented.clientID), basic: presented.usesBasic) }
        guard case .authenticatedBy(let use) = outcome else { return client }
        let isFirst: Bool
        do throws(StoreFailure) {
            isFirst = try await store.useAssertion(
                clientID: client.id, id: use.id, expiresAt: UnixTime(seconds: Int64(use.expires)), now: call.now)
        } catch {
            throw Rejection(error)
        }
        guard isFirst else { throw .client(.assertion(.replayed), basic: false) }
        return client
    }
}
