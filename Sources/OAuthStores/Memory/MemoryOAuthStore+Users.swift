package import OAuthProtocol

extension MemoryOAuthStore {
    package func settle(_ current: [KnownUser], endingChanged: Bool, now: UnixTime) -> UserChanges {
        let before = users
        users = Dictionary(current.map { ($0.subject, $0.password) }) { _, last in last }
        var changes = UserChanges()
        let holders = Set(before.keys).union(grants.values.map(\.subject)).union(codes.values.map(\.subject))
        for subject in holders where users[subject] == nil {
            let ended = endAll(of: subject, now)
            if ended > 0 || before[subject] != nil { changes.left[subject] = ended }
        }
        for (subject, password) in users {
            guard let earlier = before[subject], earlier != password else { continue }
            changes.changed[subject] = endingChanged ? endAll(of: subject, now) : 0
        }
        return changes
    }

    private func endAll(of subject: String, _ now: UnixTime) -> Int {
        codes = codes.filter { $0.value.subject != subject || $0.value.state.usedAt != nil }
        consents = consents.filter { $0.key.subject != subject }
        return grants.values.filter { $0.subject == subject && now < $0.expiresAt }.count { end($0.id, now) }
    }
}
