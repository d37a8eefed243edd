import Cryptography

/// The keys of this server, each for one purpose and for one issuer, so that what one deployment made means nothing to
/// another that happens to have the same master key.
struct ServerKeys: Sendable {
    /// Derives the successor of a refresh token.
    let rotation: Secret
    /// Derives the code of an authorization.
    let codes: Secret
    /// Binds the token of a form to a browser and a pending authorization.
    let forms: Secret
    /// Seals the cookie of a signed-in browser.
    let sessions: AEADKey
    /// Seals the private halves of the signing keys.
    let signing: AEADKey
    /// Derives stable subjects.
    let subjects: Secret
    /// Derives what binds a login at a provider to its `state`.
    let logins: Secret
    /// Makes the digests by which a changed password is noticed.
    let passwords: Secret

    /// HMAC-SHA256 of the purpose and the issuer under the master key, as HKDF-Expand does for one block (RFC 5869
    /// §2.3).
    init(master: Secret, issuer: String) throws(CryptographyError) {
        func key(_ purpose: String) throws(CryptographyError) -> Secret {
            let info = Array("connectorgen-auth \(purpose)\0\(issuer)".utf8) + [1]
            return Secret(try Digest.hmacSHA256(info, key: master))
        }
        func aead(_ purpose: String) throws(CryptographyError) -> AEADKey {
            guard let key = AEADKey(try key(purpose)) else { throw .library("derive") }
            return key
        }
        rotation = try key("rotation")
        codes = try key("codes")
        forms = try key("forms")
        sessions = try aead("sessions")
        signing = try aead("signing")
        subjects = try key("subjects")
        logins = try key("logins")
        passwords = try key("passwords")
    }

    /// The same, at the start.
    static func derived(from master: Secret, issuer: String) throws(StartFailure) -> ServerKeys {
        do throws(CryptographyError) {
            return try ServerKeys(master: master, issuer: issuer)
        } catch {
            throw .environment("cannot derive the keys of this server: \(error)")
        }
    }
}
