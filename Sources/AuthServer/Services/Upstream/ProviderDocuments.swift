import Cryptography
import HTTPClient
import JSONSyntax
import OAuthProtocol
import WebSyntax

/// Reads what a login provider publishes, and what it says of a person.
struct ProviderDocuments: Sendable {
    let issuer: String
    let clients: IssuerClients

    private static let longest = 65_536

    /// OpenID Connect Discovery §4: appended to the issuer, whose own slash at the end counts once.
    private var place: String {
        (issuer.utf8.last == UInt8(ascii: "/") ? String(issuer.dropLast()) : issuer)
            + "/.well-known/openid-configuration"
    }

    func metadata() async throws(IssuerTrouble) -> (ProviderMetadata, HTTPClientResponse) {
        let answer = try await answer(at: place, by: clients.configured)
        let document = try Self.object(answer)
        do throws(ProviderMetadata.Fault) {
            return (try ProviderMetadata(document, issuer: issuer), answer)
        } catch {
            throw error == .otherIssuer ? .otherIssuer : .malformed
        }
    }

    func keys(at url: String) async throws(IssuerTrouble) -> (JWKSet, HTTPClientResponse) {
        let answer = try await answer(at: url, by: try clients.client(for: url, namedAt: issuer))
        guard let keys = try? JWKSet(parsing: answer.body), !keys.keys.isEmpty else { throw .invalidKeys }
        return (keys, answer)
    }

    /// The claims of whoever an access token is about (OpenID Connect Core §5.3). A signed answer is none that is read.
    func claims(at url: String, token: String) async throws(IssuerTrouble) -> JSON {
        try Self.object(
            try await answer(
                at: url, by: try clients.client(for: url, namedAt: issuer), authorization: "Bearer \(token)"))
    }

    private func answer(
        at url: String, by client: any IssuerClient, authorization: String? = nil
    ) async throws(IssuerTrouble) -> HTTPClientResponse {
        let answer: HTTPClientResponse
        do throws(HTTPClientError) {
            answer = try await client.document(at: url, authorization: authorization, longestBody: Self.longest)
        } catch {
            throw .fetch(error)
        }
        guard answer.status == 200 else { throw .status(answer.status) }
        return answer
    }

    private static func object(_ answer: HTTPClientResponse) throws(IssuerTrouble) -> JSON {
        guard let json = try? JSON.parse(answer.body, limits: JSONLimits(depth: 16, bytes: longest)),
            json.members != nil
        else { throw .malformed }
        return json
    }
}
