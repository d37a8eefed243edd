package import Diagnostics

/// `issuer.limits:`, how much strangers may use up; 0 switches a limit off.
package struct LimitsSection: Sendable {
    package var registrations: Located<Quota>?
    package var authorizations: Located<Quota>?
    package var tokenRequests: Located<Quota>?
    package var unusedClients: Located<Count>?
    package var pendingAuthorizations: Located<Count>?
    package var span: Span
}
