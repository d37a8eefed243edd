/// Why a token was not taken. For the log; the wire says one word for all of them.
package enum JWSError: Error, Hashable, Sendable {
    case tooLong
    /// Not three parts of canonical base64url.
    case malformed
    /// The header is no JSON object, or a member of it has the wrong type.
    case malformedHeader
    /// `none`, a symmetric one, another case, or one that this kind of token does not have.
    case algorithm
    case type
    /// A header member that would change what is verified or with which key: `crit`, `b64`, `zip`, `jwk`, `jku` ….
    case forbiddenMember(String)
    /// No `kid`, an unknown one, or more than one key fits.
    case unknownKey
    case signatureLength
    case signature
    /// The payload is no JSON object, or a claim has the wrong type.
    case malformedClaims
    /// The library failed, so nothing is known of the signature.
    case unjudged(CryptographyError)
}
