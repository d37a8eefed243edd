package import JSONSyntax
import WebSyntax

/// A signed token in compact serialization (RFC 7515 §7.1), verified against a closed policy (RFC 8725).
///
/// Only ``verify(_:keys:policy:)`` makes one, so the claims of a value of this type were signed by a key of the set.
package struct JWS: Sendable, Hashable {
    package let header: JWSHeader
    /// The payload as it was signed.
    package let payload: [UInt8]
    package let key: JWK

    /// Checks the form, finds the key, and verifies the signature. Everything cheap comes first.
    package static func verify(
        _ token: String, keys: JWKSet, policy: JWSPolicy
    ) throws(JWSError) -> JWS {
        let bytes = Array(token.utf8)
        guard bytes.count <= policy.maximumLength else { throw .tooLong }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        let header = try JWSHeader(parsing: head)
        guard policy.algorithms.contains(header.algorithm) else { throw .algorithm }
        guard policy.accepts(type: header.type) else { throw .type }
        guard header.keyID != nil || !policy.needsKeyID,
            let key = keys.key(id: header.keyID, algorithm: header.algorithm)
        else { throw .unknownKey }
        let expected =
            switch key.key {
            case .p256: 64
            case .rsa(let key): key.modulus.count
            }
        guard signature.count == expected else { throw .signatureLength }
        let signed = Array(bytes[..<(parts[0].count + 1 + parts[1].count)])
        let isGenuine: Bool
        do throws(CryptographyError) {
            isGenuine = try key.verify(signature, over: signed)
        } catch {
            throw .unjudged(error)
        }
        guard isGenuine else { throw .signature }
        return JWS(header: header, payload: payload, key: key)
    }

    /// Signs a payload with the algorithm of the key; `type` is the token's `typ`.
    package static func sign(
        _ payload: JSON, type: String, keyID: String, with key: some JWSPrivateKey
    ) throws(CryptographyError) -> String {
        let signed =
            header(type: type, keyID: keyID, algorithm: key.algorithm) + "."
            + Base64URL.encode(payload.encoded(.compact))
        return signed + "." + Base64URL.encode(try key.sign(Array(signed.utf8)))
    }

    /// The first part of a token that ``sign(_:type:keyID:with:)`` makes: one text for each type and key.
    package static func header(type: String, keyID: String, algorithm: JWSAlgorithm) -> String {
        let header: JSON = ["alg": .string(algorithm.rawValue), "typ": .string(type), "kid": .string(keyID)]
        return Base64URL.encode(header.encoded(.compact))
    }

    /// The payload as claims (RFC 7519).
    package func claims() throws(JWSError) -> JWTClaims {
        try JWTClaims(parsing: payload)
    }
}
