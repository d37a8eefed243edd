/// A valid request to redeem a code (RFC 6749 §4.1.3), whose client has still to authenticate and whose code has still
/// to be found.
package struct AuthorizationCodeRequest: Hashable, Sendable {
    package let code: String
    package let redirectURI: String?
    package let verifier: String
    /// The canonical identifier; nil when the request names none.
    package let resource: String?

    package init(_ form: ParameterList, resources: ResourceIndicators) throws(Rejection) {
        code = try form.required(.code)
        redirectURI = try form.value(.redirectURI)
        verifier = try form.required(.codeVerifier)
        guard CodeChallenge.isVerifier(verifier) else { throw .grant(.malformedVerifier) }
        resource = try resources.requested(by: form)
    }
}
