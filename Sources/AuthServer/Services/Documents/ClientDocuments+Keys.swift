import Cryptography
import OAuthProtocol
import RuntimeConfig
import WebSyntax

extension ClientDocuments {
    /// The keys that a client published at its `jwks_uri`, for an assertion by the key of that id.
    ///
    /// An unknown id has the keys fetched anew, unless that was done within the last half minute, so that a client can
    /// change its keys at any time. When their host is down, the last good ones count.
    func keys(
        of client: ClientRecord, signedWith keyID: String?, asker: ClientAddress
    ) async throws(Rejection) -> JWKSet {
        guard let url = client.keysURI, let host = (try? AbsoluteURI(url))?.authority?.host.lowercased() else {
            throw .client(.otherMethod(registered: client.methodNames), basic: false)
        }
        let known = await lastGood(url, of: client.id, in: keySets)
        do throws(DocumentFailure) {
            let keys = try await keySets.current(url, host: host, for: asker).value
            guard let keyID, !keys.keys.contains(where: { $0.id == keyID }) else { return keys }
            return try await keySets.current(url, host: host, for: asker, lacksSomething: true).value
        } catch {
            report(url, error)
            guard let known else { throw error.rejection(of: client.id, for: .token) }
            return known.value
        }
    }

    static func keySet(_ body: [UInt8]) throws(DocumentFailure) -> JWKSet {
        do throws(CryptographyError) {
            return try JWKSet(parsing: body)
        } catch {
            throw .invalidKeys
        }
    }
}
