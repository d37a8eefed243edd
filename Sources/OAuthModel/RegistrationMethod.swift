/// How a client becomes known to an authorization server.
package enum RegistrationMethod: String, Hashable, Sendable, CaseIterable {
    /// By an entry of the spec.
    case predefined
    /// By a Client ID Metadata Document.
    case cimd
    /// By dynamic registration (RFC 7591).
    case dcr
}

/// What the registration endpoint answers.
package enum DynamicRegistration: String, Hashable, Sendable, CaseIterable {
    /// A new client of its own.
    case dynamic
    /// The one client that the connector advertises.
    case staticClient = "static-client"
    case off
}
