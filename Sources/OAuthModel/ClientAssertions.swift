/// Whether clients may prove by a signature who they are (`private_key_jwt`, RFC 7523).
package enum ClientAssertions: String, Hashable, Sendable, CaseIterable {
    /// The method is advertised, and clients that offer `none` as well may use that.
    case accepted
    /// A client with a document that can sign must sign; one that cannot is refused.
    case required
    /// The method is neither advertised nor accepted.
    case refused

    /// Algorithms of assertions that clients sign, as the metadata lists them; no other is verified.
    package static let algorithms = ["ES256", "RS256"]
}

/// What the `aud` of an assertion may be, always a single string (RFC 7523 §3).
package enum AssertionAudience: String, Hashable, Sendable, CaseIterable {
    case issuer
    case issuerOrTokenEndpoint = "issuer_or_token_endpoint"
}
