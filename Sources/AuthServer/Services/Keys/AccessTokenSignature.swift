import Cryptography

/// How access tokens of format `jwt` are signed (RFC 9068 §2.1).
enum AccessTokenSignature {
    /// The `typ` of the header.
    static let type = "at+jwt"
    static let algorithm = JWSAlgorithm.es256
}
