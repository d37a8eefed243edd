import WebSyntax

/// Where a Keycloak has what, by its own paths below the one that it serves under.
struct KeycloakPaths {
    /// Of the realm that issues: `/auth/realms/mcp`.
    let realm: String
    /// `/auth`, or empty.
    let prefix: String

    /// Nil for an issuer whose path is not that of a realm: `PREFIX/realms/NAME`, which nobody else has.
    init?(issuerPath: String) {
        let parts = issuerPath.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[parts.count - 2] == "realms", parts[parts.count - 1] != "" else { return nil }
        realm = issuerPath
        prefix = parts.dropLast(2).joined(separator: "/")
    }

    /// Where clients register, in whatever format.
    var registration: String { realm + "/clients-registrations" }

    func registers(at path: String) -> Bool { path == registration || path.hasPrefix(registration + "/") }

    /// What is for administrators and the network inside: their realm, the console with its API, figures and health.
    var inside: [String] { [masterRealm, "\(prefix)/admin", "\(prefix)/metrics", "\(prefix)/health"] }

    /// True for a path that is Keycloak's by its name alone. Without a prefix `/admin` may be anybody's.
    func isOwn(_ path: String) -> Bool { !prefix.isEmpty || path == masterRealm }

    private var masterRealm: String { "\(prefix)/realms/master" }
}
