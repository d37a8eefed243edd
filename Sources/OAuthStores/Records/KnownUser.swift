package import OAuthProtocol

/// A user of a deployment with logins of its own as the store remembers one: to see, also after a restart, who has left
/// and whose password is another.
package struct KnownUser: Hashable, Sendable {
    package let subject: String
    /// A keyed digest of the hash of the password, as the list of users has it.
    package let password: SecretHash

    package init(subject: String, password: SecretHash) {
        self.subject = subject
        self.password = password
    }
}

/// What became of grants when the users were compared with those of the last time.
package struct UserChanges: Hashable, Sendable {
    /// How many grants ended of each who is no user any more; 0 for one who had none.
    package var left: [String: Int]
    /// How many grants ended of each whose password is another.
    package var changed: [String: Int]

    package init(left: [String: Int] = [:], changed: [String: Int] = [:]) {
        self.left = left
        self.changed = changed
    }
}
