import JSONSyntax
import WebSyntax

/// The token that a resource server asks about (RFC 7662 §2.1).
package struct IntrospectionRequest: Hashable, Sendable {
    package let token: String

    package init(_ form: ParameterList) throws(Rejection) {
        try form.checkRepetition()
        token = try form.required(.token)
    }
}

/// The answer (RFC 7662 §2.2).
package enum IntrospectionResponse: Hashable, Sendable {
    /// Expired, revoked, unknown or none of the asker's business: never says which.
    case inactive
    case active(AccessTokenFacts)

    /// Answers an authenticated asker at `now`, in seconds since 1970. A resource server may ask for any token; every
    /// other client only for its own (RFC 7662 §4).
    package init(_ facts: AccessTokenFacts?, for asker: ClientRecord, now: Int) {
        let isResourceServer = asker.allowIntrospection && !asker.isPublic
        guard let facts, now < facts.expires, isResourceServer || facts.clientID.hasSameBytes(as: asker.id) else {
            self = .inactive
            return
        }
        self = .active(facts)
    }

    package var fields: [ResponseField] { ResponseField.uncachedJSON }

    package var body: [UInt8] {
        switch self {
        case .inactive:
            JSON.object([JSONMember("active", false)]).encoded(.compact)
        case .active(let facts):
            JSON.object(Self.members(of: facts)).encoded(.compact)
        }
    }
}

extension IntrospectionResponse {
    private static func members(of facts: AccessTokenFacts) -> [JSONMember] {
        let members: [JSONMember?] = [
            JSONMember("active", true), Scopes.member(facts.scopes),
            JSONMember("client_id", .string(facts.clientID)), JSONMember("token_type", "Bearer"),
            JSONMember("aud", .string(facts.audience)), JSONMember("exp", .int(facts.expires)),
            JSONMember("iat", .int(facts.issued)), JSONMember("sub", .string(facts.subject)),
            JSONMember("iss", .string(facts.issuer)),
        ]
        return members.compactMap(\.self)
    }
}

/// What an access token stands for.
package struct AccessTokenFacts: Hashable, Sendable {
    package let issuer: String
    package let subject: String
    package let clientID: String
    /// The canonical resource.
    package let audience: String
    package let scopes: [String]
    /// Seconds since 1970.
    package let issued: Int
    /// Seconds since 1970; from this second on the token is dead.
    package let expires: Int

    package init(
        issuer: String, subject: String, clientID: String, audience: String, scopes: [String], issued: Int,
        expires: Int
    ) {
        self.issuer = issuer
        self.subject = subject
        self.clientID = clientID
        self.audience = audience
        self.scopes = scopes
        self.issued = issued
        self.expires = expires
    }
}
