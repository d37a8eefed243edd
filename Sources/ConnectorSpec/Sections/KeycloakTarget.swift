package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `targets.keycloak:`, the realm that scripts configure.
package struct KeycloakTarget: Sendable {
    package enum DefaultScope: String, Sendable, CaseIterable { case permanent, temporary, optional }

    package var realm: Located<Name>
    package var server: Located<PublicURL>
    package var version: Located<SoftwareVersion>
    /// How the audience reaches registered clients.
    package var defaultScope: Located<DefaultScope>?
    /// The realm that the administrator signs in to; default `realm`.
    package var adminRealm: Located<Name>?
    /// Service account of the scripts.
    package var adminClient: Located<ClientID>?
    package var tolerateAllScopes: Located<Bool>?
    package var span: Span
}

extension KeycloakTarget {
    package enum Default {
        /// Where clients may come that nobody attaches a scope to.
        package static let defaultScope = DefaultScope.optional
        package static let adminClient = "connectorgen"
        package static let tolerateAllScopes = false
    }

    static let keys = SectionKeys<Self>(
        "targets.keycloak", "Scripts that bring a Keycloak realm into the planned state.",
        Key("realm", .name, "The realm; never master.", example: "mcp"),
        Key("server", .publicURL, "Base URL without /realms.", example: "https://auth.example.com"),
        Key("version", .softwareVersion, "The server's version.", example: "\"26.4\""),
        Key(
            "default_scope", .choice(DefaultScope.self), .standard(Default.defaultScope),
            "How the audience scope reaches registered clients.", example: "permanent"),
        Key(
            "admin_realm", .name, .optional("realm"), "The realm that the administrator signs in to.",
            example: "master"),
        Key(
            "admin_client", .clientID, .standard(Default.adminClient), "Service account of the scripts.",
            example: "connectorgen"),
        Key(
            "tolerate_all_scopes", .boolean, .standard(Default.tolerateAllScopes),
            "Ensure the optional scopes that ChatGPT may ask for.", example: "true")
    ) {
        KeycloakTarget(
            realm: $1, server: $2, version: $3, defaultScope: $4, adminRealm: $5, adminClient: $6,
            tolerateAllScopes: $7, span: $0.span)
    }
}
