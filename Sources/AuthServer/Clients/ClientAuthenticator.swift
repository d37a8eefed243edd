import ContentDigest
import Cryptography
import HTTPServer
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import WebSyntax

extension Authority {
    /// A refusal of a client is told this long after the request came, whatever it took to find out: a client that is
    /// known costs more than one that is not, and the time must not say which clients there are.
    private static let refusalTime = Duration.milliseconds(2)

    /// The client that a request to a form endpoint comes from, after it proved to be that one (RFC 6749 §2.3).
    func authenticate(_ call: EndpointCall, _ form: ParameterList) async throws(Rejection) -> ClientRecord {
        let start = ContinuousClock.now
        do throws(Rejection) {
            return try await authenticated(call, form)
        } catch {
            if case .client = error { try? await Task.sleep(until: start + Self.refusalTime, tolerance: .zero) }
            throw error
        }
    }

    private func authenticated(_ call: EndpointCall, _ form: ParameterList) async throws(Rejection) -> ClientRecord {
        let presented = try PresentedCredentials(
            authorization: call.request.headers.values(of: "Authorization"), form: form,
            defaultClient: call.alias?.defaultClient)
        let client = try await clients.client(presented.clientID, for: .token, from: call.clientAddress)
        let keySet = try await keySet(of: client, for: presented, from: call.clientAddress)
        let outcome = try authentication.outcome(
            presented, client: client, now: Int(call.now.seconds),
            matches: { secret, digest in
                // A digest that cannot fail: a failure here would be a verdict on the client.
                Digest.isEqual(SHA256.hash(Array(secret.utf8)), digest)
            },
            verifies: { assertion throws(Rejection) in
                guard let keySet else { return false }
                do throws(CryptographyError) { return try assertion.isSigned(by: keySet) } catch {
                    throw Rejection(error)
                }
            })
        guard let client else { throw .client(.unknown(id: presented.clientID), basic: presented.usesBasic) }
        guard case .authenticatedBy(let use) = outcome else { return client }
        let isFirst = try await asking { store throws(StoreFailure) in
            try await store.useAssertion(
                clientID: client.id, id: use.id, expiresAt: UnixTime(seconds: Int64(use.expires)), now: call.now)
        }
        guard isFirst else { throw .client(.assertion(.replayed), basic: false) }
        return client
    }

    /// The keys of a client that presents an assertion; nil when it presents none or publishes no keys. Nothing is
    /// fetched for one that is excluded: its keys may be on the very host that was taken out of the spec.
    private func keySet(
        of client: ClientRecord?, for presented: PresentedCredentials, from address: String
    ) async throws(Rejection) -> JWKSet? {
        guard case .assertion(let assertion) = presented.proof, let client, client.keysURI != nil,
            client.excludedFor == nil
        else { return nil }
        return try await documents?.keys(
            of: client, signedWith: assertion.keyID, asker: ClientAddress(address))
    }
}

extension ClientAssertion {
    /// True when a key of the set made the signature, by an algorithm that this server verifies. Throws when that could
    /// not be found out.
    fileprivate func isSigned(by keys: JWKSet) throws(CryptographyError) -> Bool {
        let token = String(decoding: signingInput, as: UTF8.self) + "." + Base64URL.encode(signature)
        do throws(JWSError) {
            _ = try JWS.verify(token, keys: keys, policy: .clientAssertion)
            return true
        } catch {
            if case .unjudged(let failure) = error { throw failure }
            return false
        }
    }
}
