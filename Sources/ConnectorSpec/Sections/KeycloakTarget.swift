package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `targets.keycloak:`, the realm that scripts configure.
package struct KeycloakTarget: Sendable {
    package enum DefaultScope: String, Sendable, CaseIterable { case permanent, temporary, optional }

    package var realm: Located<Name>
    package var server: Located<PublicURL>
    package var version: Located<SoftwareVersion>
    /// How the audience reaches registered clients; default `optional`.
    package var defaultScope: Located<DefaultScope>?
    /// The realm that the administrator signs in to; default `realm`.
    package var adminRealm: Located<Name>?
    /// Service account of the scripts; default `connectorgen`.
    package var adminClient: Located<ClientID>?
    package var tolerateAllScopes: Located<Bool>?
    package var span: Span
}
