package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    /// How much unauthenticated callers may use up. 0 switches a limit off.
    package struct Limits: Hashable, Sendable {
        /// Per client address: an IPv4 address, or the /64 of an IPv6 address.
        package var registrations: Rate
        package var authorizations: Rate
        package var tokenRequests: Rate
        /// Dynamic clients that never had a token, all together.
        package var unusedClients: Int
        /// Authorizations between the first request and the code, all together.
        package var pendingAuthorizations: Int

        package init(
            registrations: Rate, authorizations: Rate, tokenRequests: Rate, unusedClients: Int,
            pendingAuthorizations: Int
        ) {
            self.registrations = registrations
            self.authorizations = authorizations
            self.tokenRequests = tokenRequests
            self.unusedClients = unusedClients
            self.pendingAuthorizations = pendingAuthorizations
        }

        package static let off = Limits(
            registrations: .off, authorizations: .off, tokenRequests: .off, unusedClients: 0, pendingAuthorizations: 0)
    }
}

package enum LimitsKey: String, RuntimeKey {
    case registrations, authorizations
    case tokenRequests = "token_requests"
    case unusedClients = "unused_clients"
    case pendingAuthorizations = "pending_authorizations"
}

package enum RateKey: String, RuntimeKey {
    case requests, seconds
}

extension RuntimeConfig.Limits {
    static let codec = ValueCodec.object(
        Member(LimitsKey.registrations, Rate.codec, "Of one client address.", { $0.registrations }),
        Member(LimitsKey.authorizations, Rate.codec, "Of one client address.", { $0.authorizations }),
        Member(LimitsKey.tokenRequests, Rate.codec, "Of one client address.", { $0.tokenRequests }),
        Member(
            LimitsKey.unusedClients, .number(from: 0, of: "clients"),
            "Registered clients that never had a token, all together; 0 for no limit.", { $0.unusedClients }),
        Member(
            LimitsKey.pendingAuthorizations, .number(from: 0, of: "authorizations"),
            "Authorizations between the first request and the code, all together; 0 for no limit.",
            { $0.pendingAuthorizations })
    ) {
        Self(
            registrations: $0, authorizations: $1, tokenRequests: $2, unusedClients: $3, pendingAuthorizations: $4)
    }
}

extension Rate {
    static let codec = ValueCodec.object(
        Member(RateKey.requests, .number(from: 0, of: "requests"), "0 for no limit.", { $0.requests }),
        Member(RateKey.seconds, .seconds, "In so many seconds.", { $0.seconds })
    ) { Self(requests: $0, seconds: $1) }
}
