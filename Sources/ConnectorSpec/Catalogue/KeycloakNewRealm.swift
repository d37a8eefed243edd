package import Diagnostics
package import JSONSyntax

/// What a new realm of Keycloak has of the things that a realm file replaces as a whole: client scopes, the lists of
/// those, and client registration policies.
package struct KeycloakNewRealm: Sendable {
    package let scopes: [JSON]
    package let defaultScopes: [String]
    package let optionalScopes: [String]
    package let policies: [JSON]
    /// Says why the data file could not be read; nil when it could.
    package let problem: Diagnostic?

    /// That of the program, read when it is first asked for.
    package static let builtin = KeycloakNewRealm(reading: EmbeddedCatalogue.keycloakRealm)

    init(reading bytes: [UInt8]) {
        do throws(CatalogueError) {
            func rows(_ member: String) throws(CatalogueError) -> [JSON] {
                try EmbeddedCatalogue.rows(of: bytes, member: member) { $0.json }
            }
            let lists = (
                try rows("scopes"), try rows("policies"), try rows("default").compactMap(\.string),
                try rows("optional").compactMap(\.string)
            )
            (scopes, policies, defaultScopes, optionalScopes) = lists
            problem = nil
        } catch {
            (scopes, policies, defaultScopes, optionalScopes) = ([], [], [], [])
            problem = Diagnostic(
                .brokenCatalogue, .error, "the built-in realm of Keycloak cannot be read: \(error.message)", at: nil)
        }
    }
}
