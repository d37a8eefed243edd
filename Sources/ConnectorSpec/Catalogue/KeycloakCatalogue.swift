package import Diagnostics

/// What Keycloak brings itself, from a dated data file with its source.
package struct KeycloakCatalogue: Sendable {
    /// The name of a scope or a client that is Keycloak's own.
    package struct OwnName: Hashable, Sendable {
        package let name: String
        /// The releases whose new realms were seen to have it; empty for a name that OpenID Connect has taken.
        package let releases: [String]
    }

    package let ownScopes: [OwnName]
    package let ownClients: [OwnName]
    /// Says why the data file could not be read; nil when it could.
    package let problem: Diagnostic?

    /// The catalogue of the program, read when it is first asked for.
    package static let builtin = KeycloakCatalogue(reading: EmbeddedCatalogue.keycloak)

    init(reading bytes: [UInt8]) {
        do throws(CatalogueError) {
            let scopes = try EmbeddedCatalogue.rows(of: bytes, member: "own_scopes", read: OwnName.init(row:))
            let clients = try EmbeddedCatalogue.rows(of: bytes, member: "own_clients", read: OwnName.init(row:))
            (ownScopes, ownClients) = (scopes, clients)
            problem = nil
        } catch {
            (ownScopes, ownClients) = ([], [])
            problem = Diagnostic(
                .brokenCatalogue, .error, "the built-in list of Keycloak's own names cannot be read: \(error.message)",
                at: nil)
        }
    }

    package func ownScope(named name: String) -> OwnName? { ownScopes.first { $0.name == name } }
    package func ownClient(named name: String) -> OwnName? { ownClients.first { $0.name == name } }
}

extension KeycloakCatalogue.OwnName {
    init(row: CatalogueRow) throws(CatalogueError) {
        name = try row.text("name")
        releases = try row.texts("releases")
    }
}
