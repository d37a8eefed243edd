package import JSONSyntax

/// A UserInfo request (OpenID Connect Core §5.3.1): the token stands in the `Authorization` field and nowhere else.
package enum UserInfoRequest {
    /// The token that was presented. Takes the values of all `Authorization` fields, the form of a POST, and the
    /// challenge for an answer of 401.
    package static func token(
        method: String, authorization: [String], query: ParameterList, form: ParameterList, challenge: BearerChallenge
    ) throws(Rejection) -> String {
        guard ["GET", "HEAD", "POST"].contains(method) else { throw .wrongMethod(allowed: ["GET", "HEAD", "POST"]) }
        guard authorization.count <= 1 else { throw .severalCredentials }
        guard !query.contains(.accessToken) else { throw .parameterInQuery(ParameterName.accessToken.rawValue) }
        guard !form.contains(.accessToken), case .token(let token) = BearerCredentials(authorization.first) else {
            throw .bearer(.missing, challenge: challenge)
        }
        return token
    }

    /// Refuses a token that was not granted for reading about its user.
    package static func checkScope(_ scopes: [String], challenge: BearerChallenge) throws(Rejection) {
        guard scopes.contains("openid") else { throw .bearer(.insufficientScope, challenge: challenge) }
    }
}

/// The claims about a user (OpenID Connect Core §5.3.2).
package enum UserInfoResponse {
    /// The claims that each scope allows (OpenID Connect Core §5.4).
    private static let claims: [String: [String]] = [
        "profile": [
            "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
            "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
        ],
        "email": ["email", "email_verified"],
        "address": ["address"],
        "phone": ["phone_number", "phone_number_verified"],
    ]

    package static var fields: [ResponseField] { ResponseField.uncachedJSON }

    /// `sub` and what of the known claims the granted scopes allow.
    package static func body(subject: String, known: [JSONMember], scopes: [String]) -> [UInt8] {
        let allowed = Set(scopes.flatMap { claims[$0] ?? [] })
        return JSON.object([JSONMember("sub", .string(subject))] + known.filter { allowed.contains($0.name) })
            .encoded(.compact)
    }
}
