import JSONSyntax

/// What the claims of one kind of token must say. Pure: the time is a parameter.
package struct ClaimsPolicy: Sendable, Hashable {
    package enum AudienceRule: Sendable, Hashable {
        /// One string or a list; one of them is this, byte for byte (RFC 7519 §4.1.3).
        case contains(String)
        /// A single string, equal to one of these. A list is refused: a token for several places can be carried from
        /// one to another.
        case exactlyOne(of: [String])
    }

    package enum Rejection: Error, Hashable, Sendable {
        case issuer, subject, audience, expired, missing(String), notYetValid, issuedInTheFuture, livesTooLong
    }

    /// Must be equal, byte for byte.
    package var issuer: String
    package var audience: AudienceRule
    /// When given, must be equal.
    package var subject: String?
    /// Claims that must be there besides `iss`, `aud` and `exp`.
    package var required: Set<String>
    /// Seconds that a foreign clock may be off; 0 for our own tokens.
    package var leeway: Int
    /// Seconds from now to the furthest `exp` that is taken.
    package var maximumLifetime: Int?

    package init(
        issuer: String, audience: AudienceRule, subject: String? = nil, required: Set<String> = [], leeway: Int = 0,
        maximumLifetime: Int? = nil
    ) {
        self.issuer = issuer
        self.audience = audience
        self.subject = subject
        self.required = required
        self.leeway = leeway
        self.maximumLifetime = maximumLifetime
    }

    /// Throws the first thing that is wrong. `now` is in seconds since 1970; a token is good before its `exp`, not at
    /// it.
    package func check(_ claims: JWTClaims, now: Int) throws(Rejection) {
        guard claims.issuer == issuer else { throw .issuer }
        switch (audience, claims.audience) {
        case (.contains(let wanted), .one(let said)?) where said == wanted: break
        case (.contains(let wanted), .several(let said)?) where said.contains(wanted): break
        case (.exactlyOne(let wanted), .one(let said)?) where wanted.contains(said): break
        default: throw .audience
        }
        if let subject, claims.subject != subject { throw .subject }
        for name in required.sorted() where claims.json[name] == nil { throw .missing(name) }
        guard let expiry = claims.expiry else { throw .missing("exp") }
        guard now < expiry + leeway else { throw .expired }
        if let maximumLifetime, expiry > now + maximumLifetime + leeway { throw .livesTooLong }
        if let notBefore = claims.notBefore, notBefore > now + leeway { throw .notYetValid }
        if let issuedAt = claims.issuedAt, issuedAt > now + leeway { throw .issuedInTheFuture }
    }
}
