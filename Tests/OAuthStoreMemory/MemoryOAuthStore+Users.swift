package import OAuthProtocol
package import OAuthStores

extension MemoryOAuthStore {
    package func settle(_ current: [KnownUser], endingChanged: Bool, now: UnixTime) -> UserChanges {
        let settlement = UserSettlement(
            current, known: users, holders: Set(grants.values.map(\.subject)).union(codes.values.map(\.subject)),
            endingChanged: endingChanged)
        for subject in settlement.forgotten { users[subject] = nil }
        for user in settlement.remembered { users[user.subject] = user.password }
        let ended = settlement.ending.map { ($0, endAll(of: $0, now)) }
        return settlement.changes(ended: Dictionary(uniqueKeysWithValues: ended))
    }

    private func endAll(of subject: String, _ now: UnixTime) -> Int {
        codes = codes.filter { $0.value.subject != subject || $0.value.state.usedAt != nil }
        return grants.values.filter { $0.subject == subject && now < $0.expiresAt }.count { end($0.id, now) }
    }
}
