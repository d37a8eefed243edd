import Cryptography
import OAuthProtocol
import OAuthStores

/// Failures of what the endpoints stand on, as the reasons for a refusal that they are.
extension Authority {
    func asking<Value>(
        _ ask: (any OAuthStore) async throws(StoreFailure) -> Value
    ) async throws(Rejection) -> Value {
        do throws(StoreFailure) { return try await ask(store) } catch { throw Rejection(error) }
    }

    func making<Value>(
        _ make: (TokenMint) async throws(CryptographyError) -> Value
    ) async throws(Rejection) -> Value {
        do throws(CryptographyError) { return try await make(mint) } catch { throw Rejection(error) }
    }

    func newToken(_ kind: OpaqueToken.Kind) throws(Rejection) -> OpaqueToken {
        do throws(CryptographyError) { return try mint.token(kind) } catch { throw Rejection(error) }
    }

    func hash(of token: OpaqueToken) throws(Rejection) -> SecretHash {
        do throws(CryptographyError) { return try token.hash() } catch { throw Rejection(error) }
    }

    /// What the store knows a presented access or refresh token by; nil for a text that cannot be one of ours.
    func storedHash(ofToken text: String) throws(Rejection) -> SecretHash? {
        let isOpaque = [OpaqueToken.Kind.accessToken, .refreshToken]
            .contains { OpaqueToken($0, presented: text) != nil }
        guard isOpaque || SignedToken.header(of: text) != nil else { return nil }
        do throws(CryptographyError) { return try SecretHash(of: text) } catch { throw Rejection(error) }
    }
}
