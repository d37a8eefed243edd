package import Diagnostics

/// One thing in which a realm differs from the plan, with both places.
package struct RealmDifference: Sendable {
    package enum Kind: Hashable, Sendable, CaseIterable {
        /// Of ours, and not there.
        case missing
        /// Of ours, or set by us, and otherwise now.
        case changed
        /// In an object of ours, where we put nothing.
        case extra
        /// Of our name, and not ours.
        case foreign
        /// Ours, and the spec has it no longer.
        case stale
        /// A shared list without entries of ours.
        case entries
        /// A scope of ours that the realm does not give to new clients as it should.
        case offer
        /// A client that does not have our scopes.
        case attachment
        /// The realm's record of what we added.
        case record
        /// Anybody may register.
        case open
        /// Soon nobody can register.
        case full
        /// The server is not the one of the spec.
        case server
    }

    package let kind: Kind
    /// As the scripts call it: `scope mcp.search`, `mapper mcp.search/mcp-audience`, `policy trusted-hosts
    /// (anonymous)`.
    package let object: String
    /// Says the object, and what is wrong with it.
    package let message: String
    package let severity: Severity
    /// In the realm's file.
    let place: Label
    /// In the spec.
    let origins: [Span]
    let help: String?
}
