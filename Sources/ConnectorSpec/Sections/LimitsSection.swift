package import Diagnostics

/// `issuer.limits:`, how much unauthenticated callers may use up; 0 switches a limit off.
package struct LimitsSection: Sendable {
    package var registrations: Located<Quota>?
    package var authorizations: Located<Quota>?
    package var tokenRequests: Located<Quota>?
    package var unusedClients: Located<Count>?
    package var pendingAuthorizations: Located<Count>?
    package var span: Span
}

extension LimitsSection {
    /// A hosted client comes from a few addresses with all its users, so an address may do much.
    package enum Default {
        package static let registrations = Quota(60, per: .minutes(10))
        package static let authorizations = Quota(120, per: .minutes(1))
        package static let tokenRequests = Quota(1200, per: .minutes(1))
        package static let unusedClients = Count(10_000)
        package static let pendingAuthorizations = Count(10_000)
    }

    static let keys = SectionKeys<Self>(
        "issuer.limits",
        "How much unauthenticated callers may use up. An address is an IPv4 address, or the /64 of an IPv6 one.",
        Key(
            "registrations", .quota, .standard(Default.registrations), "New clients of one address.", example: "60/10m"),
        Key(
            "authorizations", .quota, .standard(Default.authorizations), "Authorization requests of one address.",
            example: "120/1m"),
        Key(
            "token_requests", .quota, .standard(Default.tokenRequests),
            "Token requests of one address, and as many others of programs; hosted clients come from a few for all "
                + "their users.",
            example: "1200/1m"),
        Key(
            "unused_clients", .count, .standard(Default.unusedClients),
            "Registered clients that never had a token, at one time.", example: "10000"),
        Key(
            "pending_authorizations", .count, .standard(Default.pendingAuthorizations),
            "Authorizations under way, at one time.", example: "10000")
    ) {
        LimitsSection(
            registrations: $1, authorizations: $2, tokenRequests: $3, unusedClients: $4, pendingAuthorizations: $5,
            span: $0.span)
    }
}
