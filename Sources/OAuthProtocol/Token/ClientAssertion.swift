import JSONSyntax
import WebSyntax

/// A client assertion taken apart (RFC 7523 §2.2); neither its claims nor its signature have been judged.
package struct ClientAssertion: Hashable, Sendable {
    package let algorithm: String
    package let keyID: String?
    package let issuer: String?
    package let subject: String?
    /// The one audience; nil for an array, which would let other servers use the assertion here.
    package let audience: String?
    /// Seconds since 1970.
    package let expires: Int?
    package let notBefore: Int?
    package let issuedAt: Int?
    package let id: String?
    /// What was signed: header, dot, claims, as they came.
    package let signingInput: [UInt8]
    package let signature: [UInt8]

    /// Three parts of base64url, the first two JSON objects without repeated members; nil for anything else, and for
    /// headers that ask for more than this server does (RFC 7515 §4.1.11, RFC 7797).
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= 16_384, parts.count == 3,
            let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(Substring(parts[2])), !signature.isEmpty,
            let algorithm = header["alg"]?.string
        else { return nil }
        let refused = ["crit", "b64", "zip", "jku", "jwk", "x5u"]
        guard refused.allSatisfy({ header[$0] == nil }) else { return nil }
        self.algorithm = algorithm
        keyID = header["kid"]?.string
        issuer = claims["iss"]?.string
        subject = claims["sub"]?.string
        audience = claims["aud"]?.string
        expires = Self.seconds(claims["exp"])
        notBefore = Self.seconds(claims["nbf"])
        issuedAt = Self.seconds(claims["iat"])
        id = claims["jti"]?.string
        signingInput = Array(text.utf8.prefix(parts[0].count + 1 + parts[1].count))
        self.signature = signature
    }

    private static func object(_ part: Substring.UTF8View) -> JSON? {
        guard let bytes = Base64URL.decode(Substring(part)),
            let json = try? JSON.parse(bytes, limits: JSONLimits(depth: 8, bytes: 16_384)), json.members != nil
        else { return nil }
        return json
    }

    /// A NumericDate (RFC 7519 §2), which may have a fraction.
    private static func seconds(_ json: JSON?) -> Int? {
        guard case .number(let number) = json, let value = number.double, value >= 0, value < 1e12 else { return nil }
        return Int(value)
    }
}
