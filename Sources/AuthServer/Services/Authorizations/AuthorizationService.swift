import OAuthProtocol
import OAuthStores

/// The authorizations that wait for a person's answer. Every failure of the store is a refusal.
final class AuthorizationService: Sendable {
    private let store: any AuthorizationStore
    /// The most that wait at once; beyond it the oldest gives way.
    private let limit: Int

    /// A `limit` of 0 is none.
    init(_ store: any AuthorizationStore, limit: Int) {
        self.store = store
        self.limit = limit > 0 ? limit : .max
    }

    func begin(_ pending: PendingAuthorization) async throws(Rejection) {
        try await Rejection.mapError { () throws(StoreFailure) in try await store.begin(pending, limit: limit) }
    }

    /// Nil when there is none or it has expired.
    func pending(_ id: TokenHash, now: UnixTime) async throws(Rejection) -> PendingAuthorization? {
        try await Rejection.mapError { () throws(StoreFailure) in
            try await store.pendingAuthorization(id, now: now)
        }
    }

    /// Keeps what was answered; false when an answer was given before, or it is too late.
    func answer(_ answered: PendingAuthorization, now: UnixTime) async throws(Rejection) -> Bool {
        try await Rejection.mapError { () throws(StoreFailure) in try await store.advance(answered, now: now) }
    }

    /// Keeps that the person allowed, with the code, in one commit; false as for ``answer(_:now:)``.
    func approve(
        _ answered: PendingAuthorization, code: AuthorizationCode, now: UnixTime
    ) async throws(Rejection) -> Bool {
        try await Rejection.mapError { () throws(StoreFailure) in
            try await store.approve(answered, code: code, now: now)
        }
    }
}
