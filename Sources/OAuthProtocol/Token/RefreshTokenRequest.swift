/// A valid request to exchange a refresh token (RFC 6749 §6), whose client has still to authenticate and whose grant
/// has still to be found.
package struct RefreshTokenRequest: Hashable, Sendable {
    package let refreshToken: String
    /// Nil for the whole grant.
    package let scopes: [String]?
    /// The canonical identifier; nil when the request names none, which keeps the grant's.
    package let resource: String?

    package init(_ form: ParameterList, resources: ResourceIndicators) throws(Rejection) {
        refreshToken = try form.required(.refreshToken)
        let scope = try form.value(.scope)
        scopes = if let scope { try Scopes.parsed(scope) } else { nil }
        resource = try resources.requested(by: form)
    }
}
