/// The algorithms that we take (RFC 7518 §3.1); the set is closed, and each belongs to one type of key.
package enum JWSAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// RSASSA-PKCS1-v1_5 with SHA-256, for ID tokens, foreign issuers and clients.
    case rs256 = "RS256"
}
