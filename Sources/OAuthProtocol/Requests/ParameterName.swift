/// The parameters that this server reads. All others are ignored, though they too must not be repeated.
package enum ParameterName: String, Hashable, Sendable, CaseIterable {
    // RFC 6749
    case clientID = "client_id"
    case clientSecret = "client_secret"
    case redirectURI = "redirect_uri"
    case responseType = "response_type"
    case scope
    case state
    case grantType = "grant_type"
    case code
    case refreshToken = "refresh_token"
    // RFC 7636
    case codeChallenge = "code_challenge"
    case codeChallengeMethod = "code_challenge_method"
    case codeVerifier = "code_verifier"
    // RFC 7521 §4.2
    case clientAssertion = "client_assertion"
    case clientAssertionType = "client_assertion_type"
    // RFC 8707
    case resource
    // RFC 7009, RFC 7662
    case token
    case tokenTypeHint = "token_type_hint"
    // OAuth 2.0 Multiple Response Types, OpenID Connect Core §3.1.2.1, §6
    case responseMode = "response_mode"
    case nonce
    case prompt
    case maxAge = "max_age"
    case request
    case requestURI = "request_uri"
    // RFC 6750 §2.2, which is refused
    case accessToken = "access_token"

    /// The most bytes a value may have.
    package var limit: Int {
        switch self {
        case .state, .scope: 4_096
        case .clientAssertion, .request: 16_384
        case .clientID, .redirectURI, .resource, .requestURI, .token, .refreshToken, .accessToken: 2_048
        case .code, .codeVerifier, .codeChallenge, .clientSecret, .nonce: 1_024
        case .responseType, .grantType, .codeChallengeMethod, .clientAssertionType, .tokenTypeHint, .responseMode,
            .prompt, .maxAge:
            256
        }
    }
}
