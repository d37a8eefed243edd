package import JSONSyntax

/// The claims of a token (RFC 7519 §4.1), read strictly: two members of one name are refused with the whole.
package struct JWTClaims: Sendable, Hashable {
    /// All members.
    package let json: JSON
    package let issuer, subject, id: String?
    package let audience: Audience?
    /// Seconds since 1970; a fraction is cut off.
    package let expiry, notBefore, issuedAt: Int?

    /// `aud` as it was spelled; some places take one spelling only.
    package enum Audience: Sendable, Hashable {
        case one(String)
        /// Not empty.
        case several([String])
    }

    package init(parsing payload: [UInt8]) throws(JWSError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(payload, limits: JSONLimits(depth: 16, bytes: 16_384))
        } catch {
            throw .malformedClaims
        }
        guard json.members != nil else { throw .malformedClaims }
        self.json = json
        issuer = try Self.text(json["iss"])
        subject = try Self.text(json["sub"])
        id = try Self.text(json["jti"])
        expiry = try Self.date(json["exp"])
        notBefore = try Self.date(json["nbf"])
        issuedAt = try Self.date(json["iat"])
        audience = try Self.audience(json["aud"])
    }

    private static func text(_ member: JSON?) throws(JWSError) -> String? {
        guard let member else { return nil }
        guard let text = member.string, !text.isEmpty else { throw .malformedClaims }
        return text
    }

    /// A NumericDate (RFC 7519 §2) between 1970 and a date that leaves room for sums.
    private static func date(_ member: JSON?) throws(JWSError) -> Int? {
        guard let member else { return nil }
        guard case .number(let number) = member, let value = number.double, value >= 0, value < 1e12 else {
            throw .malformedClaims
        }
        return Int(value.rounded(.down))
    }

    private static func audience(_ member: JSON?) throws(JWSError) -> Audience? {
        switch member {
        case nil: return nil
        case .string(let text)? where !text.isEmpty: return .one(text)
        case .array(let values)? where !values.isEmpty:
            let texts = values.compactMap(\.string).filter { !$0.isEmpty }
            guard texts.count == values.count else { throw .malformedClaims }
            return .several(texts)
        default: throw .malformedClaims
        }
    }
}
