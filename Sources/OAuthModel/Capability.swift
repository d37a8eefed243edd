/// What a spec can ask for and a release of `connectorgen-auth` may not serve yet.
package enum Capability: String, Hashable, Sendable, CaseIterable {
    /// Sign-in at another provider (mode `upstream`).
    case upstreamLogin
    /// A store that several nodes share.
    case postgreSQLStore
    /// `auth_request` for tokens that another authorization server issues.
    case externalTokenVerification

    /// What this release serves: `lint`, `build`, `--check` and the start judge by it.
    package static let served: Set<Capability> = [.upstreamLogin, .externalTokenVerification]

    package var isServed: Bool { Self.served.contains(self) }

    /// Why a deployment that needs it does not work, as the end of a sentence: `…, which this release …`.
    package var reason: String {
        switch self {
        case .upstreamLogin: "this release signs nobody in at another provider yet"
        case .postgreSQLStore: "this release speaks no PostgreSQL yet"
        case .externalTokenVerification: "this release verifies no tokens of another issuer at the edge yet"
        }
    }

    /// What to write instead.
    package var alternative: String {
        switch self {
        case .upstreamLogin:
            "use mode `local` with `users`, or mode `external` where the provider registers clients itself"
        case .postgreSQLStore: "use `store: { sqlite: FILE }`, one node"
        case .externalTokenVerification: "write `verify: application`, and have the MCP server verify its tokens"
        }
    }
}
