package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `targets.keycloak:`, the realm that scripts configure.
package struct KeycloakTarget: Sendable {
    package enum DefaultScope: String, Sendable, CaseIterable { case permanent, temporary, optional }

    /// Which clients of the realm get the audience.
    package enum Audience: String, Sendable, CaseIterable {
        /// Those that have the connector's scope.
        case scope
        /// All: the mapper stands in the realm's own scope `basic`.
        case everyClient = "every_client"
    }

    /// How the realm gets what the plan says.
    package enum Output: String, Sendable, CaseIterable {
        /// Scripts over `kcadm.sh`, again and again.
        case kcadm
        /// A realm file, for a realm that is not there yet.
        case realm
        /// The same as the operator's `KeycloakRealmImport`.
        case `operator`
        /// A file of keycloak-config-cli with our own scopes and clients.
        case configCLI = "config-cli"
    }

    package var realm: Located<RealmName>
    /// Where the scripts reach the server.
    package var server: Located<AdminURL>
    package var version: Located<SoftwareVersion>
    /// How the audience reaches registered clients.
    package var defaultScope: Located<DefaultScope>?
    /// The realm that the administrator signs in to; default `realm`.
    package var adminRealm: Located<RealmName>?
    /// Service account of the scripts.
    package var adminClient: Located<ClientID>?
    package var tolerateAllScopes: Located<Bool>?
    package var audience: Located<Audience>?
    /// Where nginx reaches the server, when that is another address.
    package var upstream: Located<AdminURL>?
    package var outputs: [Located<Output>]?
    package var span: Span
}

extension KeycloakTarget {
    package enum Default {
        package static let audience = Audience.scope
        package static let outputs = [Output.kcadm]
        package static let adminClient = "connectorgen"
        package static let tolerateAllScopes = false
    }

    static let keys = SectionKeys<Self>(
        "targets.keycloak", "Scripts that bring a Keycloak realm into the planned state.",
        Key("realm", .realmName, "The realm; never master.", example: "mcp"),
        Key(
            "server", .adminURL,
            "Where the scripts reach the server, without /realms; http also to a host of your own network.",
            example: "http://keycloak:8080"),
        Key("version", .softwareVersion, "The server's version.", example: "\"26.4\""),
        Key(
            "default_scope", .choice(DefaultScope.self),
            .optional("permanent for one connector, optional for several"),
            "How the audience scope reaches registered clients.", example: "optional"),
        Key(
            "admin_realm", .realmName, .optional("realm"), "The realm that the administrator signs in to.",
            example: "master"),
        Key(
            "admin_client", .clientID, .standard(Default.adminClient), "Service account of the scripts.",
            example: "connectorgen"),
        Key(
            "tolerate_all_scopes", .boolean, .standard(Default.tolerateAllScopes),
            "Ensure the optional scopes that ChatGPT may ask for.", example: "true"),
        Key(
            "audience", .choice(Audience.self), .standard(Default.audience),
            "Which clients of the realm get the audience; every_client serves those, too, that register with scopes of "
                + "others, and is for a realm of one connector.", example: "every_client"),
        Key(
            "upstream", .adminURL, .optional("server"),
            "Where nginx reaches the server, without /realms, when that is another address.",
            example: "http://127.0.0.1:8080"),
        Key(
            "outputs", .list(.choice(Output.self)), .optional("kcadm alone"),
            "How the realm gets what the plan says: scripts, a realm file for a new realm, the operator's import of it, a "
                + "file of keycloak-config-cli.", example: "[kcadm, realm]")
    ) {
        KeycloakTarget(
            realm: $1, server: $2, version: $3, defaultScope: $4, adminRealm: $5, adminClient: $6,
            tolerateAllScopes: $7, audience: $8, upstream: $9, outputs: $10, span: $0.span)
    }
}
