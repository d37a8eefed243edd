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
        _ make: (TokenMint) async throws(KeyFailure) -> Value
    ) async throws(Rejection) -> Value {
        do throws(KeyFailure) { return try await make(mint) } catch { throw Rejection(error) }
    }

    func newToken(_ kind: OpaqueToken.Kind, now: UnixTime) throws(Rejection) -> OpaqueToken {
        try refusing { () throws(CryptographyError) in try mint.token(kind, now: now) }
    }

    func successor(of token: OpaqueToken, madeAt moment: UnixTime) throws(Rejection) -> OpaqueToken {
        try refusing { () throws(CryptographyError) in try mint.successor(of: token, madeAt: moment) }
    }

    func code(for handle: OpaqueToken, madeAt moment: UnixTime) throws(Rejection) -> OpaqueToken {
        try refusing { () throws(CryptographyError) in try mint.code(for: handle, madeAt: moment) }
    }

    func hash(of token: OpaqueToken) throws(Rejection) -> TokenHash {
        try refusing(token.hash)
    }

    /// What a client secret is compared with.
    func digest(of secret: OpaqueToken) throws(Rejection) -> SecretHash {
        try refusing { () throws(CryptographyError) in try SecretHash(of: secret.text) }
    }

    /// What the store knows a presented access or refresh token by; nil for a text that cannot be one of ours.
    func storedHash(ofToken text: String) throws(Rejection) -> TokenHash? {
        try refusing { () throws(CryptographyError) in
            if let token = OpaqueToken(.refreshToken, presented: text) { return try token.hash() }
            return try TokenHash(ofAccessToken: text)
        }
    }

    /// What a secret that a client presents is compared with.
    func digest(of secret: String) throws(Rejection) -> SecretHash {
        try refusing { () throws(CryptographyError) in try SecretHash(of: secret) }
    }

    /// The session that a cookie of a browser tells; nil for none that counts.
    func session(_ text: String, of browser: OpaqueToken, now: UnixTime) throws(Rejection) -> Session? {
        try refusing { () throws(CryptographyError) in
            try Session(text, browser: browser, key: keys.sessions, now: now)
        }
    }

    private func refusing<Value>(
        _ make: () throws(CryptographyError) -> Value
    ) throws(Rejection) -> Value {
        do throws(CryptographyError) { return try make() } catch { throw Rejection(error) }
    }
}
