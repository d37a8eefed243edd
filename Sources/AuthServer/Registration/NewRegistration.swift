import Cryptography
import OAuthProtocol
import OAuthStores
import WebSyntax

/// What a client is given when it registers. In clear it stands in one answer; the store gets digests.
struct NewRegistration: Sendable {
    let client: StoredClient
    let metadata: ClientMetadata
    let secret: OpaqueToken?
    let accessToken: OpaqueToken

    /// Makes an identifier of the moment and 128 random bits, and a secret for a client that can keep one.
    init(_ metadata: ClientMetadata, authority: Authority, now: UnixTime) throws(Rejection) {
        self.metadata = metadata
        secret = metadata.needsSecret ? try authority.newToken(.clientSecret, now: now) : nil
        accessToken = try authority.newToken(.registrationToken, now: now)
        let identifier: [UInt8]
        do throws(CryptographyError) { identifier = try authority.random.bytes(16) } catch { throw Rejection(error) }
        client = StoredClient(
            id: RegisteredClient.prefix + Base64URL.encode(TokenHash.bytes(of: now) + identifier),
            metadata: metadata.storedText,
            secretHash: try secret.map { token throws(Rejection) in try authority.digest(of: token) },
            registrationTokenHash: try authority.hash(of: accessToken), createdAt: now)
    }
}
