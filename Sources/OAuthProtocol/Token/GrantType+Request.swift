package import OAuthModel

extension GrantType {
    /// Reads `grant_type` of a token request, in which no parameter is repeated (RFC 6749 §3.2).
    package init(_ form: ParameterList) throws(Rejection) {
        try form.checkRepetition()
        guard let type = GrantType(rawValue: try form.required(.grantType)) else { throw .unsupportedGrantType }
        self = type
    }
}
