package import OAuthProtocol

/// What follows when the users there are now are compared with those that the store knows.
package struct UserSettlement: Hashable, Sendable {
    /// Those who are no users, with whether the store knew them as such. Their grants and unused codes end.
    package private(set) var left: [String: Bool] = [:]
    /// Known users with another password.
    package private(set) var changed: Set<String> = []
    /// Users that the store does not know so.
    package private(set) var remembered: [KnownUser] = []
    private let endingChanged: Bool

    /// `known` are the passwords of the users of the last time, `holders` the subjects of grants and of unused codes.
    /// With `endingChanged` another password ends the grants of its user.
    package init(
        _ users: [KnownUser], known: [String: SecretHash], holders: Set<String>, endingChanged: Bool
    ) {
        self.endingChanged = endingChanged
        let current = Dictionary(users.map { ($0.subject, $0.password) }) { _, last in last }
        for subject in holders.union(known.keys) where current[subject] == nil {
            left[subject] = known[subject] != nil
        }
        for (subject, password) in current where known[subject] != password {
            if known[subject] != nil { changed.insert(subject) }
            remembered.append(KnownUser(subject: subject, password: password))
        }
    }

    /// The users that the store is to know no longer.
    package var forgotten: [String] { left.filter(\.value).map(\.key) }

    /// The subjects whose grants and unused codes end.
    package var ending: [String] { Array(left.keys) + (endingChanged ? Array(changed) : []) }

    /// What became of grants, by how many of each subject ended. A subject that was no user and had no grant is not
    /// told.
    package func changes(ended: [String: Int]) -> UserChanges {
        UserChanges(
            left: Dictionary(
                uniqueKeysWithValues: left.compactMap { subject, wasKnown in
                    let count = ended[subject] ?? 0
                    return count > 0 || wasKnown ? (subject, count) : nil
                }),
            changed: Dictionary(uniqueKeysWithValues: changed.map { ($0, ended[$0] ?? 0) }))
    }
}
