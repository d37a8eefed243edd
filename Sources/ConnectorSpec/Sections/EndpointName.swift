/// The endpoints of the authorization server, by the names that the spec gives them.
package enum EndpointName: String, Sendable, CaseIterable {
    case authorize, token, register, revoke, introspect, userinfo, jwks, consent, login, callback
}
