import Cryptography
import JSONSyntax
import OAuthProtocol
import WebSyntax

/// Why an ID token proves nothing. For the log alone.
enum IDTokenFault: Error, Hashable, Sendable {
    case signature(JWSError)
    case claims(ClaimsPolicy.Rejection)
    case nonce
    /// It was made for another client (`azp`).
    case otherClient
    /// The access token is not the one that came with it (`at_hash`).
    case accessToken
}

/// Judges the ID token of one login (OpenID Connect Core §3.1.3.7).
struct IDTokenJudge: Sendable {
    /// The issuer, in every spelling that the provider has.
    let issuers: [String]
    let clientID: String
    let nonce: String
    let accessToken: String
    /// Seconds.
    let leeway: Int

    /// Providers put groups in.
    private static let form = {
        var form = JWSPolicy.foreignIDToken
        form.maximumLength = 65_536
        return form
    }()

    func claims(_ token: String, keys: JWKSet, now: Int) throws(IDTokenFault) -> JSON {
        let claims: JWTClaims
        do throws(JWSError) {
            claims = try JWS.verify(token, keys: keys, policy: Self.form).claims()
        } catch {
            throw .signature(error)
        }
        try check(claims, now)
        guard claims.json["nonce"]?.string == nonce else { throw .nonce }
        if let party = claims.json["azp"] {
            guard party.string == clientID else { throw .otherClient }
        } else if case .several(let audiences)? = claims.audience, audiences.count > 1 {
            throw .otherClient
        }
        if let hash = claims.json["at_hash"] { guard hash.string == accessTokenHash else { throw .accessToken } }
        return claims.json
    }

    private func check(_ claims: JWTClaims, _ now: Int) throws(IDTokenFault) {
        let issuer = issuers.first { claims.issuer == $0 } ?? issuers.first ?? ""
        let policy = ClaimsPolicy(
            issuer: issuer, audience: .contains(clientID), required: ["sub", "iat"], leeway: leeway)
        do throws(ClaimsPolicy.Rejection) { try policy.check(claims, now: now) } catch { throw .claims(error) }
    }

    /// The left half of the SHA-256, by which all algorithms that are taken here hash (§3.1.3.6); nil, which is no
    /// text, where the library fails.
    private var accessTokenHash: String? {
        (try? Digest.sha256(accessToken)).map { Base64URL.encode(Array($0.prefix(16))) }
    }
}
