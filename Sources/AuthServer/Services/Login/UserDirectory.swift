import Cryptography
import HTTPServer
import OAuthProtocol
import OAuthStores

/// The users of mode `local` as they are now. The list is exchanged as a whole when its file was read again.
final class UserDirectory: SubjectDirectory {
    private struct State: Sendable {
        let list: LocalUsers
        /// Keyed digests of the hashes, by subject.
        let passwords: [String: SecretHash]
    }

    private let key: Secret
    private let state: Locked<State>

    /// `key` makes the digests by which a changed password is noticed.
    init(_ list: LocalUsers, key: Secret) throws(CryptographyError) {
        self.key = key
        state = Locked(try Self.state(list, key))
    }

    var list: LocalUsers { state.withLock { $0.list } }

    func contains(_ subject: String) -> Bool { password(of: subject) != nil }

    /// The digest of what the user signs in with; nil for nobody.
    func password(of subject: String) -> SecretHash? { state.withLock { $0.passwords[subject] } }

    /// True while the one who signed in is a user, with the password of then.
    func recognizes(_ session: Session) -> Bool { password(of: session.subject) == session.password }

    /// What the store is to compare with what it knows.
    var known: [KnownUser] {
        state.withLock { $0.passwords }.map { KnownUser(subject: $0.key, password: $0.value) }
    }

    /// Takes another list; false when it says the same as the one before.
    func replace(with list: LocalUsers) throws(CryptographyError) -> Bool {
        let next = try Self.state(list, key)
        return state.withLock { state in
            defer { state = next }
            return state.passwords != next.passwords
        }
    }

    private static func state(_ list: LocalUsers, _ key: Secret) throws(CryptographyError) -> State {
        var passwords: [String: SecretHash] = [:]
        for user in list.all {
            let digest = try Digest.hmacSHA256(Array("\(user.subject)\0\(user.hash.text)".utf8), key: key)
            guard let hash = SecretHash(digest) else { throw .library("hash") }
            passwords[user.subject] = hash
        }
        return State(list: list, passwords: passwords)
    }
}
