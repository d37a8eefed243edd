import JSONSyntax

/// A successful answer of the token endpoint (RFC 6749 §5.1).
package struct TokenResponse: Hashable, Sendable {
    package let accessToken: String
    /// Seconds.
    package let expiresIn: Int
    package let refreshToken: String?
    package let scopes: [String]
    /// Only where `openid` was granted (OpenID Connect Core §3.1.3.3).
    package let idToken: String?

    package init(
        accessToken: String, expiresIn: Int, refreshToken: String?, scopes: [String], idToken: String? = nil
    ) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
        self.refreshToken = refreshToken
        self.scopes = scopes
        self.idToken = idToken
    }

    package var fields: [ResponseField] { ResponseField.uncachedJSON }

    package var body: [UInt8] {
        let members: [JSONMember?] = [
            JSONMember("access_token", .string(accessToken)),
            JSONMember("token_type", "Bearer"),
            JSONMember("expires_in", .int(expiresIn)),
            refreshToken.map { JSONMember("refresh_token", .string($0)) },
            Scopes.member(scopes),
            idToken.map { JSONMember("id_token", .string($0)) },
        ]
        return JSON.object(members.compactMap(\.self)).encoded(.compact)
    }
}
