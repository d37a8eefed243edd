/// The error codes that this server says on the wire. The list is closed: what is not here is never said.
package enum OAuthError: String, Error, Hashable, Sendable, CaseIterable {
    // RFC 6749 §4.1.2.1, §5.2
    case invalidRequest = "invalid_request"
    case invalidClient = "invalid_client"
    case invalidGrant = "invalid_grant"
    case unauthorizedClient = "unauthorized_client"
    case unsupportedGrantType = "unsupported_grant_type"
    case unsupportedResponseType = "unsupported_response_type"
    case invalidScope = "invalid_scope"
    case accessDenied = "access_denied"
    case serverError = "server_error"
    case temporarilyUnavailable = "temporarily_unavailable"
    // RFC 6750 §3.1
    case invalidToken = "invalid_token"
    case insufficientScope = "insufficient_scope"
    // RFC 7591 §3.2.2
    case invalidRedirectURI = "invalid_redirect_uri"
    case invalidClientMetadata = "invalid_client_metadata"
    // RFC 8707 §2
    case invalidTarget = "invalid_target"
    // OpenID Connect Core §3.1.2.6
    case loginRequired = "login_required"
    case interactionRequired = "interaction_required"
    case requestNotSupported = "request_not_supported"
    case requestURINotSupported = "request_uri_not_supported"

    /// The status of an answer that is no redirect.
    package var status: Int {
        switch self {
        case .invalidClient, .invalidToken: 401
        case .accessDenied, .insufficientScope: 403
        case .serverError: 500
        case .temporarilyUnavailable: 503
        default: 400
        }
    }

    /// `{"error":…,"error_description":…}`. A description may hold printable ASCII without `"` and `\` only
    /// (RFC 6749 §5.2); any other byte of it is left out.
    package func body(_ description: String? = nil) -> String {
        guard let description else { return "{\"error\":\"\(rawValue)\"}" }
        let plain = description.unicodeScalars.filter {
            (0x20...0x7E).contains($0.value) && $0 != "\"" && $0 != "\\"
        }
        return "{\"error\":\"\(rawValue)\",\"error_description\":\"\(String(String.UnicodeScalarView(plain)))\"}"
    }
}
