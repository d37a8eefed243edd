/// The providers that people can prove at who they are, in mode `upstream`.
package enum LoginProvider: String, Hashable, Sendable, CaseIterable {
    case oidc, auth0, supabase, keycloak, google, entra
}

/// What becomes of the grants of a local user whose password is another.
package enum PasswordChange: String, Hashable, Sendable, CaseIterable {
    case endGrants = "end_grants"
    case keep
}
