package import OAuthModel
import WebSyntax

/// Which assertions this server takes (RFC 7523 §3).
package struct AssertionPolicy: Hashable, Sendable {
    package let issuer: String
    package let tokenEndpoint: String
    /// Whom an assertion may be addressed to, byte for byte.
    package let audience: AssertionAudience

    package init(issuer: String, tokenEndpoint: String, audience: AssertionAudience = .issuerOrTokenEndpoint) {
        self.issuer = issuer
        self.tokenEndpoint = tokenEndpoint
        self.audience = audience
    }

    /// The use of an assertion, to be written down until it expires so that it cannot be used again.
    package struct Use: Hashable, Sendable {
        package let id: String
        package let expires: Int
    }

    /// The most seconds an assertion may have left.
    package static let longest = 300
    /// Seconds by which a client's clock may be ahead of ours: at least ten and at most sixty (FAPI 2.0 §5.3.2.1).
    package static let clockTolerance = 30
    package static let algorithms = Set(ClientAssertions.algorithms)

    /// Judges the claims at `now`, in seconds since 1970, then the signature, so that nothing unsigned costs more than
    /// its parsing. `verifies` says whether a key of the client signed the assertion by the algorithm it names.
    package func use(
        of assertion: ClientAssertion, by clientID: String, now: Int,
        verifies: (ClientAssertion) throws(Rejection) -> Bool
    ) throws(Rejection) -> Use {
        let use: Use
        do throws(Fault) {
            use = try judgeClaims(of: assertion, clientID, now)
        } catch {
            throw .client(.assertion(error.reason), basic: false)
        }
        guard try verifies(assertion) else { throw .client(.assertion(.badSignature), basic: false) }
        return use
    }

    private struct Fault: Error { let reason: Rejection.AssertionFault }

    private func judgeClaims(
        of assertion: ClientAssertion, _ clientID: String, _ now: Int
    ) throws(Fault) -> Use {
        func require(_ condition: Bool, _ reason: Rejection.AssertionFault) throws(Fault) {
            guard condition else { throw Fault(reason: reason) }
        }
        try require(Self.algorithms.contains(assertion.algorithm), .unsupportedAlgorithm)
        guard let issuer = assertion.issuer, let subject = assertion.subject, issuer.hasSameBytes(as: subject) else {
            throw Fault(reason: .issuerIsNotClient)
        }
        try require(subject.hasSameBytes(as: clientID), .otherClient)
        try require(accepts(assertion.audience), .audience)
        guard let expires = assertion.expires, expires > now else { throw Fault(reason: .expired) }
        let latest = now + Self.clockTolerance
        try require(expires - latest <= Self.longest, .tooLongLived)
        try require([assertion.notBefore, assertion.issuedAt].allSatisfy { ($0 ?? now) <= latest }, .notYetValid)
        guard let id = assertion.id, !id.isEmpty, id.utf8.count <= 256 else { throw Fault(reason: .missingID) }
        return Use(id: id, expires: expires)
    }

    private func accepts(_ sent: String?) -> Bool {
        guard let sent else { return false }
        if sent.hasSameBytes(as: issuer) { return true }
        return audience == .issuerOrTokenEndpoint && sent.hasSameBytes(as: tokenEndpoint)
    }
}
