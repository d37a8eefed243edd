/// The endpoints of the authorization server, by the names that the spec, the runtime config and the log give them.
package enum EndpointName: String, Hashable, Sendable, CaseIterable {
    case authorize, token, register, revoke, introspect, userinfo, jwks, consent, login, callback
}
