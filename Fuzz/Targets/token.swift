import Cryptography
import JSONSyntax
import OAuthModel
import OAuthProtocol
import WebSyntax

/// A token that we did not sign is never verified, whatever it says of itself; nor is one of ours in which a byte
/// differs. Claims and assertions are read or refused.
func fuzz(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for policy in [JWSPolicy.accessToken, .clientAssertion, .foreignIDToken] {
        if let token = try? JWS.verify(text, keys: Signed.keys, policy: policy) {
            preconditionFailure("verified: \(token)")
        }
    }
    if let assertion = ClientAssertion(text) {
        precondition(assertion.signingInput.count < text.utf8.count, "signed more than there is")
        precondition(!assertion.signature.isEmpty, "no signature")
    }
    _ = try? JWKSet(parsing: bytes)
    if let claims = try? JWTClaims(parsing: bytes) {
        let policy = ClaimsPolicy(
            issuer: "i", audience: .contains("a"), leeway: 60, maximumLifetime: 300)
        if (try? policy.check(claims, now: 1_800_000_000)) != nil {
            precondition(claims.issuer == "i" && (claims.expiry ?? 0) > 1_799_999_940, "claims that are not good")
        }
    }
    mutate(bytes)
}

/// The first two bytes say where in our token, the third by how much.
private func mutate(_ bytes: [UInt8]) {
    guard bytes.count >= 3, bytes[2] != 0 else { return }
    var token = Array(Signed.token.utf8)
    token[(Int(bytes[0]) << 8 | Int(bytes[1])) % token.count] ^= bytes[2]
    guard let text = String(validating: token, as: UTF8.self) else { return }
    precondition(
        (try? JWS.verify(text, keys: Signed.keys, policy: .accessToken)) == nil, "verified though it differs: \(text)")
}

private enum Signed {
    static let key = made { () throws(CryptographyError) in try P256PrivateKey.generate() }
    static let keys = JWKSet([JWK(.p256(key.publicKey), id: "k")])
    static let token = made { () throws(CryptographyError) in
        try JWS.sign(["iss": "i", "aud": "a", "exp": 1_800_000_100], type: "at+jwt", keyID: "k", with: key)
    }

    private static func made<Value>(_ make: () throws(CryptographyError) -> Value) -> Value {
        do throws(CryptographyError) { return try make() } catch { preconditionFailure("\(error)") }
    }
}
