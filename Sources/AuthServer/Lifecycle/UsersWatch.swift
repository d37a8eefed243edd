import Cryptography
import Diagnostics
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// Has the users be those of their file while the server runs, and the grants those of the users.
///
/// A file is read again once it rests: when two looks in a row find it changed alike. What cannot be read, or is no
/// list of users, changes nothing, so that nobody is thrown out by a file that is missing, half-written or wrong.
actor UsersWatch {
    private let directory: UserDirectory
    private let place: SecretReference
    private let store: any GrantStore
    private let endsChanged: Bool
    private let tell: @Sendable (String) -> Void

    /// The file that was judged last, for good or ill; nil before the first look, which so finds what changed since the
    /// start.
    private var judged: SystemFile.Identity?
    private var resting: SystemFile.Identity?
    private var fileTrouble: String?
    private var storeTrouble: String?
    /// False while the store has not heard of the users.
    private var isSettled = false
    private var isSettling = false

    /// How often the file is looked at.
    static let interval = Duration.seconds(1)
    /// Names that one line says; the rest is a number.
    private static let longestList = 20

    init(
        _ directory: UserDirectory, at place: SecretReference, store: any GrantStore,
        onPasswordChange policy: PasswordChange, tell: @escaping @Sendable (String) -> Void
    ) {
        self.directory = directory
        self.place = place
        self.store = store
        endsChanged = policy == .endGrants
        self.tell = tell
    }

    /// Looks until it is cancelled.
    nonisolated func run(every interval: Duration = interval, clock: Clock) async {
        while true {
            do { try await Task.sleep(for: interval) } catch { return }
            await look(now: clock.now)
        }
    }

    /// Reads the file again if it changed and rests; `atOnce` for an operator who says that it is complete.
    func look(atOnce: Bool = false, now: UnixTime) async {
        if case .file(let path) = place {
            do throws(Unusable) {
                try readAgain(path, atOnce: atOnce)
            } catch {
                if error.reason != fileTrouble { tell("users: \(error.reason); the users stay as they were") }
                fileTrouble = error.reason
            }
        }
        await settle(now: now)
    }

    /// Tells the store who the users are, which ends the grants of everybody else. What fails is tried again.
    func settle(now: UnixTime) async {
        guard !isSettling else { return }
        isSettling = true
        defer { isSettling = false }
        while !isSettled {
            isSettled = true
            do throws(StoreFailure) {
                report(try await store.settle(directory.known, endingChanged: endsChanged, now: now))
                storeTrouble = nil
            } catch {
                isSettled = false
                let reason = error.description
                if reason != storeTrouble {
                    tell("users: grants of those who left could not be ended yet, their tokens are refused: \(reason)")
                }
                storeTrouble = reason
                return
            }
        }
    }

    // MARK: the file

    /// Why a file is not taken.
    private struct Unusable: Error {
        let reason: String
    }

    private func readAgain(_ path: String, atOnce: Bool) throws(Unusable) {
        let found = try identity(path)
        guard found != judged || atOnce else { return }
        guard found == resting || atOnce else {
            resting = found
            return
        }
        let read: (bytes: [UInt8], facts: SystemFile.Facts)
        do throws(SystemFile.Failure) {
            read = try SystemFile.read(path, limit: LocalUsers.largestFile)
        } catch {
            throw Unusable(reason: "\(Self.unreadable(path)): \(error.reason)")
        }
        // Somebody still writes: it is looked at again.
        guard try identity(path) == found else { return }
        judged = found
        try take(read, path)
    }

    private func take(_ read: (bytes: [UInt8], facts: SystemFile.Facts), _ path: String) throws(Unusable) {
        let place = LocalUsers.place(ofFile: path)
        if let finding = SecretCheck.finding(path, read.facts) {
            throw Unusable(reason: "\(finding.message) (\(finding.help))")
        }
        let (users, diagnostics) = LocalUsers.parse(read.bytes, place: place)
        guard let users else {
            let errors = diagnostics.filter { $0.severity == .error }
            let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
            throw Unusable(reason: "\(errors.first?.message ?? place)\(more)")
        }
        do throws(CryptographyError) {
            let isOther = try directory.replace(with: users)
            if isOther { isSettled = false }
            if isOther || fileTrouble != nil { tell("users: read \(place) again: \(users.count) in it") }
            fileTrouble = nil
        } catch {
            judged = nil
            throw Unusable(reason: "\(place): \(error)")
        }
    }

    private func identity(_ path: String) throws(Unusable) -> SystemFile.Identity {
        do throws(SystemFile.Failure) {
            return try SystemFile.identity(path)
        } catch {
            // Whatever is there next is judged anew.
            judged = nil
            resting = nil
            throw Unusable(reason: "\(Self.unreadable(path)): \(error.reason)")
        }
    }

    private static func unreadable(_ path: String) -> String { "\(LocalUsers.place(ofFile: path)) cannot be read" }

    // MARK: the log

    private func report(_ changes: UserChanges) {
        if !changes.left.isEmpty { tell("users: left, and grants that ended: \(Self.list(changes.left))") }
        guard !changes.changed.isEmpty else { return }
        if endsChanged {
            tell("users: another password, and grants that ended: \(Self.list(changes.changed))")
        } else {
            tell("users: another password, grants stay: \(Self.names(changes.changed.keys.sorted()))")
        }
    }

    /// `alice 2, bob 0`.
    private static func list(_ counts: [String: Int]) -> String {
        names(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    }

    private static func names(_ names: [String]) -> String {
        let shown = names.prefix(longestList).map { DisplayText.escaped($0) }.joined(separator: ", ")
        return names.count > longestList ? "\(shown) and \(names.count - longestList) more" : shown
    }
}
