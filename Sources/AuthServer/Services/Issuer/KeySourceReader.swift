import Cryptography
import HTTPClient
import JSONSyntax
import RuntimeConfig
import WebSyntax

/// Reads the key set of an issuer from where the config says: a URL, or what the issuer's own document names.
struct KeySourceReader: Sendable {
    private let source: RuntimeConfig.KeySource
    private let issuer: String
    private let clients: IssuerClients

    init(_ source: RuntimeConfig.KeySource, issuer: String, clients: IssuerClients) {
        self.source = source
        self.issuer = issuer
        self.clients = clients
    }

    /// The most bytes of a key set or a document.
    private static let longest = 65_536

    func keys() async throws(IssuerTrouble) -> (JWKSet, HTTPClientResponse) {
        switch source {
        case .url(let url): return try await keys(at: url, by: clients.configured)
        case .documents(let urls):
            var trouble = IssuerTrouble.status(404)
            for url in urls {
                do throws(IssuerTrouble) {
                    let (keys, client) = try await place(from: url)
                    return try await self.keys(at: keys, by: client)
                } catch {
                    // One that cannot be reached is on the same host as the others.
                    if case .fetch = error { throw error }
                    // That a document is another issuer's says more than that a further one is not there.
                    if trouble != .otherIssuer { trouble = error }
                }
            }
            throw trouble
        }
    }

    private func keys(
        at url: String, by client: any IssuerClient
    ) async throws(IssuerTrouble) -> (JWKSet, HTTPClientResponse) {
        let answer = try await document(at: url, by: client)
        guard let keys = try? JWKSet(parsing: answer.body), !keys.keys.isEmpty else { throw .invalidKeys }
        return (keys, answer)
    }

    /// Where the keys are, by a document of the issuer, and by what they are fetched (RFC 8414 §2, §3.3).
    private func place(from url: String) async throws(IssuerTrouble) -> (String, any IssuerClient) {
        let answer = try await document(at: url, by: clients.configured)
        guard let json = try? JSON.parse(answer.body, limits: JSONLimits(depth: 16, bytes: Self.longest)),
            let named = json["issuer"]?.string
        else { throw .malformed }
        guard named.hasSameBytes(as: issuer) else { throw .otherIssuer }
        guard let keys = json["jwks_uri"]?.string else { throw .malformed }
        return (keys, try clients.client(for: keys, namedAt: url))
    }

    private func document(
        at url: String, by client: any IssuerClient
    ) async throws(IssuerTrouble) -> HTTPClientResponse {
        let answer: HTTPClientResponse
        do throws(HTTPClientError) {
            answer = try await client.document(at: url, longestBody: Self.longest)
        } catch {
            throw .fetch(error)
        }
        guard answer.status == 200 else { throw .status(answer.status) }
        return answer
    }
}
