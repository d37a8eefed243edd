import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// How often one address may ask, per purpose: an IPv4 address or the /64 of an IPv6 address, whichever alias it asks
/// by. The room for counts is fixed, so that many addresses use up no memory.
///
/// The address is what `X-Real-IP` says, which is to be believed because nobody but nginx reaches the listener, and
/// nginx replaces the field in each request. Without the field all share one count.
final class RateLimits: Sendable {
    enum Purpose: Hashable, Sendable, CaseIterable {
        /// `/authorize`.
        case authorization
        /// The forms of the pages that follow an authorization request: a few for each.
        case form
        /// `/token`, and `/revoke`, where secrets could be guessed as well.
        case tokenRequest
        /// What else programs ask: `/introspect`, `/userinfo`, `/register` and below.
        case otherRequest
        /// Clients that come into being.
        case registration
    }

    /// Purposes without a limit are not here.
    private let tables: [Purpose: Locked<AttemptTable>]

    /// 512 KiB for each purpose: two unauthenticated callers seldom share a count.
    private static let places = 65_536

    init(_ limits: RuntimeConfig.Limits) {
        var tables: [Purpose: Locked<AttemptTable>] = [:]
        for purpose in Purpose.allCases {
            guard let limit = AttemptLimit(Self.rate(of: purpose, limits)) else { continue }
            tables[purpose] = Locked(AttemptTable(limit, places: Self.places))
        }
        self.tables = tables
    }

    /// Counts a request, or refuses it without counting.
    ///
    /// - Throws: ``Rejection/rateLimited(retryAfter:)``
    func spend(_ purpose: Purpose, for address: String, now: UnixTime) throws(Rejection) {
        try ask(purpose, for: address, now: now, counts: true)
    }

    /// Refuses what ``spend(_:for:now:)`` would refuse, and counts nothing.
    func check(_ purpose: Purpose, for address: String, now: UnixTime) throws(Rejection) {
        try ask(purpose, for: address, now: now, counts: false)
    }

    private func ask(_ purpose: Purpose, for address: String, now: UnixTime, counts: Bool) throws(Rejection) {
        guard let table = tables[purpose] else { return }
        let key = ClientAddress(address)
        let wait = table.withLock { (table) -> Duration? in
            let place = table.place(of: key)
            table.settle(place, now: now)
            if let wait = table.wait(place, now: now) { return wait }
            if counts { table.count(place, now: now) }
            return nil
        }
        if let wait { throw .rateLimited(retryAfter: wait.retryAfter) }
    }

    /// Forms for each authorization request: the sign-in with a mistake or two, and the consent.
    private static let formsOfAuthorization = 4

    private static func rate(of purpose: Purpose, _ limits: RuntimeConfig.Limits) -> Rate {
        switch purpose {
        case .authorization: limits.authorizations
        case .form:
            Rate(
                requests: limits.authorizations.requests * formsOfAuthorization, seconds: limits.authorizations.seconds)
        case .tokenRequest, .otherRequest: limits.tokenRequests
        case .registration: limits.registrations
        }
    }
}

extension AttemptLimit {
    /// All the requests of a span at once, and then evenly spread; nil for no limit.
    init?(_ rate: Rate) {
        guard rate.requests > 0 else { return nil }
        self.init(burst: rate.requests, interval: .seconds(rate.seconds) / rate.requests)
    }
}
