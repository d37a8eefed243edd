/// The algorithms in which tokens of another issuer are taken (RFC 7518 §3.1): asymmetric ones, each of one type of
/// key.
package enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable {
    case rs256 = "RS256"
    case es256 = "ES256"
}
