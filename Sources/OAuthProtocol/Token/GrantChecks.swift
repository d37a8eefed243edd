import WebSyntax

/// What a token request has to have in common with the grant it names. None of these consumes anything.
package enum GrantChecks {
    /// The resource of the token: the grant's; a request may name that and no other (RFC 8707 §2.2).
    package static func checkResource(_ requested: String?, of granted: String) throws(Rejection) {
        guard requested.map({ $0.hasSameBytes(as: granted) }) ?? true else { throw .resource(.otherThanGranted) }
    }

    /// The redirect URI of the authorization request, byte for byte, where the token request names one. It need not:
    /// OAuth 2.1 (draft §10.2) took the parameter out of the token request, and S256 binds the code to who asked for
    /// it.
    package static func checkRedirectURI(_ requested: String?, of granted: String) throws(Rejection) {
        guard requested.map({ $0.hasSameBytes(as: granted) }) ?? true else { throw .grant(.redirectMismatch) }
    }
}
