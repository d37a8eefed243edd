/// What Keycloak takes where; measured on 26.5.6 and 26.7.3, and held against a server by the tests.
package enum KeycloakGrammar {
    /// Characters of a name: of a realm, a client, a scope, a mapper, a redirect URI. One more is answered with
    /// 500 `unknown_error`.
    package static let nameLength = 255
    /// Characters of the value of a client scope's attribute.
    package static let scopeAttributeLength = 2048
}
