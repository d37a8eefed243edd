import Cryptography
import HTTPServer
import OAuthProtocol

/// Tells who somebody is by name and password.
///
/// A name that does not exist costs what the costliest one costs, and is refused in the same words. An attempt counts
/// before it is checked, so that many at once are no way around the count, and is forgiven when it was right.
final class LocalLogin: Sendable {
    enum Outcome: Hashable, Sendable {
        /// `sub` of the one who signed in.
        case accepted(subject: String)
        case refused
        /// Too many wrong attempts for the account or from the address; seconds, at least one.
        case throttled(retryAfter: Int)
        /// Too many checks wait, or there is no memory for one; nothing was counted.
        case busy
    }

    /// The longest password that is checked, in bytes.
    static let longestPassword = 1024

    private struct Attempts: Sendable {
        var accounts: AttemptTable
        var addresses: AttemptTable
    }

    let users: UserDirectory
    private let checks: PasswordChecks
    private let attempts: Locked<Attempts>

    init(
        _ users: UserDirectory, checks: PasswordChecks = PasswordChecks(), account: AttemptLimit = .account,
        address: AttemptLimit = .address, places: Int = 4_096
    ) {
        self.users = users
        self.checks = checks
        attempts = Locked(
            Attempts(
                accounts: AttemptTable(account, places: places), addresses: AttemptTable(address, places: places)))
    }

    /// Checks an attempt from an address, as ``ClientAddress`` groups them.
    func check(name: String, password: Secret, address: ClientAddress, now: UnixTime) async -> Outcome {
        // What no user can have needs no check, and tells nothing that the grammar of names does not tell.
        let places = attempts.withLock { ($0.accounts.place(of: name), $0.addresses.place(of: address)) }
        if let wait = admit(places, now) { return .throttled(retryAfter: wait) }
        let list = users.list
        let user = list[name]
        let hash = user?.hash ?? list.nobody
        let isCheckable = !password.bytes.isEmpty && password.bytes.count <= Self.longestPassword
        let candidate = isCheckable ? password : Secret("-")
        guard let found = await checks.run({ Result { () throws(CryptographyError) in try hash.matches(candidate) } })
        else {
            forgive(places)
            return .busy
        }
        switch found {
        case .failure:
            forgive(places)
            return .busy
        case .success(let matches):
            guard let user, matches, isCheckable else { return .refused }
            forgive(places)
            return .accepted(subject: user.subject)
        }
    }

    /// Counts the attempt; or seconds to wait, and then it does not count.
    private func admit(_ places: (account: Int, address: Int), _ now: UnixTime) -> Int? {
        attempts.withLock { attempts -> Int? in
            attempts.accounts.settle(places.account, now: now)
            attempts.addresses.settle(places.address, now: now)
            let waits = [
                attempts.accounts.wait(places.account, now: now), attempts.addresses.wait(places.address, now: now),
            ]
            if let longest = waits.compactMap(\.self).max() {
                return max(1, Int((longest / .seconds(1)).rounded(.up)))
            }
            attempts.accounts.count(places.account, now: now)
            attempts.addresses.count(places.address, now: now)
            return nil
        }
    }

    private func forgive(_ places: (account: Int, address: Int)) {
        attempts.withLock { attempts in
            attempts.accounts.forgive(places.account)
            attempts.addresses.forgive(places.address)
        }
    }
}
