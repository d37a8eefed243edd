/// The grants of this server (RFC 6749 §1.3).
package enum GrantType: String, Hashable, Sendable, CaseIterable {
    case authorizationCode = "authorization_code"
    case refreshToken = "refresh_token"
}

extension GrantType {
    /// Reads `grant_type` of a token request, in which no parameter is repeated.
    package init(_ form: ParameterList) throws(Rejection) {
        try form.checkRepetition()
        guard let type = GrantType(rawValue: try form.required(.grantType)) else { throw .unsupportedGrantType }
        self = type
    }
}
