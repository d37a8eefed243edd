/// Why a store did not do what it was asked. Whatever it was, nothing was changed that an answer was promised for.
package enum StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No room, a fault of the disk, or a lock that was not given up: 503 and `Retry-After`. The text is for the log.
    case unavailable(String)
    /// The database was written by a later release, whose schema we do not know.
    case newerSchema(found: Int, known: Int)
    /// What is stored cannot be what we wrote.
    case damaged(String)

    package var description: String {
        switch self {
        case .unavailable(let reason): "the store is unavailable: \(reason)"
        case .newerSchema(let found, let known):
            "the store has schema version \(found) and this release knows \(known): install the release that wrote it, "
                + "or restore the back-up from before"
        case .damaged(let what): "the store is damaged: \(what)"
        }
    }
}

/// What happens to a store while it is in use.
package enum StoreEvent: Hashable, Sendable {
    /// A reading or a writing failed, as others will.
    case failed(StoreFailure)
    /// ``OAuthStore/probe()`` has written.
    case probed
}
