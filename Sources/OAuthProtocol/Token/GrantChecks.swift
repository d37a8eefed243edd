/// What a token request has to have in common with the grant it names. None of these consumes anything.
package enum GrantChecks {
    /// The resource of the token: the grant's; a request may name that and no other (RFC 8707 §2.2).
    package static func checkResource(_ requested: String?, of granted: String) throws(Rejection) {
        guard requested.map({ $0.hasSameBytes(as: granted) }) ?? true else { throw .resource(.otherThanGranted) }
    }

    /// The redirect URI of the authorization request, byte for byte, when that named one (RFC 6749 §4.1.3).
    package static func checkRedirectURI(
        _ requested: String?, of granted: String, wasNamed: Bool
    ) throws(Rejection) {
        guard let requested else {
            if wasNamed { throw .grant(.redirectMismatch) }
            return
        }
        guard requested.hasSameBytes(as: granted) else { throw .grant(.redirectMismatch) }
    }

    /// The verifier of the code's challenge (RFC 7636 §4.6).
    package static func checkVerifier(
        _ verifier: String, of challenge: CodeChallenge, sha256: ([UInt8]) -> [UInt8]
    ) throws(Rejection) {
        guard challenge.isSatisfied(by: verifier, sha256: sha256) else { throw .grant(.wrongVerifier) }
    }
}
