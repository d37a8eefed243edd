package import JSONSyntax
package import RuntimeConfig
import WebSyntax

/// An access token of another issuer, by what that says of it: the claims of a signed token (RFC 9068 §2.2), or the
/// answer to an introspection (RFC 7662 §2.2). Where it counts is for each resource to say.
package struct ForeignToken: Hashable, Sendable {
    package let issuer: String
    package let subject: String
    package let clientID: String
    package let audiences: [String]
    package let scopes: [String]
    /// Seconds since 1970, with the leeway added that the issuer's clock has.
    package let issued, notBefore, expires: Int
    package let claims: JSON

    /// Why a token is none that counts here; for the log.
    package enum Fault: Error, Hashable, Sendable {
        /// The issuer says that it is not active (RFC 7662 §2.2).
        case inactive
        case otherIssuer
        /// An ID token, a refresh token or another kind that is no access token.
        case notAccessToken
        /// Bound to a key that nobody proves to have (`cnf`, RFC 7800), so that a bearer must not get by with it.
        case bound
        case missing(String)
        case malformed(String)
    }

    /// Of an issuer, whose clock may be off by `leeway` seconds.
    package struct Policy: Hashable, Sendable {
        package var issuer: String
        package var leeway: Int

        package init(issuer: String, leeway: Int) {
            self.issuer = issuer
            self.leeway = leeway
        }
    }

    /// Reads the claims of a token whose signature was checked.
    package init(signed claims: JSON, _ policy: Policy) throws(Fault) {
        guard let issuer = try Self.text(claims, "iss") else { throw .missing("iss") }
        guard let expiry = try Self.date(claims, "exp") else { throw .missing("exp") }
        try self.init(claims, issuer: issuer, expiry: expiry, policy)
    }

    /// Reads the answer to a question about a token. One that tells no end is good until the answer is asked for again,
    /// which `answeredUntil` says in seconds since 1970.
    package init(introspected answer: JSON, answeredUntil: Int, _ policy: Policy) throws(Fault) {
        guard answer["active"] == .bool(true) else { throw .inactive }
        if let type = try Self.text(answer, "token_type"), !type.matchesIgnoringCase("Bearer") {
            throw .notAccessToken
        }
        let issuer = try Self.text(answer, "iss") ?? policy.issuer
        try self.init(answer, issuer: issuer, expiry: try Self.date(answer, "exp") ?? answeredUntil, policy)
    }

    private init(_ claims: JSON, issuer: String, expiry: Int, _ policy: Policy) throws(Fault) {
        guard issuer.hasSameBytes(as: policy.issuer) else { throw .otherIssuer }
        guard Self.isAccessToken(claims) else { throw .notAccessToken }
        guard claims["cnf"] == nil else { throw .bound }
        guard let subject = try Self.text(claims, "sub") else { throw .missing("sub") }
        self.issuer = issuer
        self.subject = subject
        clientID = Self.clientNames.lazy.compactMap { claims[$0]?.string }.first { !$0.isEmpty } ?? ""
        audiences = try Self.audiences(claims)
        scopes = Self.scopes(claims)
        issued = try Self.date(claims, "iat") ?? 0
        notBefore = max(try Self.date(claims, "nbf") ?? 0, issued) - policy.leeway
        expires = expiry + policy.leeway
        self.claims = claims
    }

    /// What a resource is told, at `now` in seconds since 1970; nil where the token is not for it, or not now.
    package func facts(for resource: RuntimeConfig.Resource, now: Int) -> AccessTokenFacts? {
        guard notBefore <= now, now < expires, isFor(resource) else { return nil }
        return AccessTokenFacts(
            issuer: issuer, subject: subject, clientID: clientID, audience: resource.resource, scopes: scopes,
            issued: issued, expires: expires, claims: claims)
    }

    /// One of its audiences is one of the resource's, byte for byte (RFC 9068 §4, RFC 8707 §2).
    private func isFor(_ resource: RuntimeConfig.Resource) -> Bool {
        guard !resource.audiences.isEmpty else {
            return audiences.contains { $0.hasSameBytes(as: resource.resource) }
        }
        return audiences.contains { said in resource.audiences.contains { $0.hasSameBytes(as: said) } }
    }
}

extension ForeignToken {
    /// Of RFC 9068 and OpenID Connect, of Okta and of Entra's first version.
    private static let clientNames = ["client_id", "azp", "cid", "appid"]

    /// Kinds of token that the header does not tell apart: the claim `typ` of Keycloak, `token_use` of Cognito, and the
    /// hashes that ID tokens alone have (OpenID Connect Core §3.1.3.6).
    private static func isAccessToken(_ claims: JSON) -> Bool {
        if let type = claims["typ"], !(type.string?.matchesIgnoringCase("Bearer") ?? false) { return false }
        if let use = claims["token_use"], use != .string("access"), use != .string("access_token") { return false }
        return ["at_hash", "c_hash", "s_hash", "events"].allSatisfy { claims[$0] == nil }
    }

    private static func text(_ claims: JSON, _ name: String) throws(Fault) -> String? {
        guard let claim = claims[name] else { return nil }
        guard let text = claim.string, !text.isEmpty else { throw .malformed(name) }
        return text
    }

    /// A NumericDate (RFC 7519 §2), its fraction cut off, between 1970 and a date that leaves room for sums.
    private static func date(_ claims: JSON, _ name: String) throws(Fault) -> Int? {
        guard let claim = claims[name] else { return nil }
        guard case .number(let number) = claim, let value = number.double, value >= 0, value < 1e12 else {
            throw .malformed(name)
        }
        return Int(value.rounded(.down))
    }

    private static func audiences(_ claims: JSON) throws(Fault) -> [String] {
        switch claims["aud"] {
        case nil: throw .missing("aud")
        case .string(let text)? where !text.isEmpty: return [text]
        case .array(let values)? where !values.isEmpty:
            let texts = values.compactMap(\.string)
            guard texts.count == values.count else { throw .malformed("aud") }
            return texts
        default: throw .malformed("aud")
        }
    }

    /// `scope` (RFC 9068 §2.2.3), or `scp` of Entra and Okta: a text or a list. What is neither grants nothing.
    private static func scopes(_ claims: JSON) -> [String] {
        switch claims["scope"] ?? claims["scp"] {
        case .string(let text)?: (try? Scopes.parsed(text)) ?? []
        case .array(let values)?: values.compactMap(\.string)
        default: []
        }
    }
}
