/// The endpoints of the authorization server, by the names that the spec, the runtime config and the log give them.
package enum EndpointName: String, Hashable, Sendable, CaseIterable {
    case authorize, token, register, revoke, introspect, userinfo, jwks, consent, login, callback

    /// True where the query holds codes, states and login hints, which belong in no access log.
    package var hasSensitiveQuery: Bool {
        switch self {
        case .authorize, .consent, .login, .callback: true
        case .token, .register, .revoke, .introspect, .userinfo, .jwks: false
        }
    }
}
