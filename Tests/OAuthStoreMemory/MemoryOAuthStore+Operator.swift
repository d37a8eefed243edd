package import OAuthProtocol
package import OAuthStores

extension MemoryOAuthStore {
    package func grants(_ selection: GrantSelection, after: GrantID?, limit: Int, now: UnixTime) -> [Grant] {
        let found = grants.values.filter { $0.id.value > after?.value ?? 0 && selection.holds($0, now) }
        return Array(found.sorted { $0.id.value < $1.id.value }.prefix(limit))
    }

    package func countGrants(_ selection: GrantSelection, now: UnixTime) -> Int {
        grants.values.count { selection.holds($0, now) }
    }

    package func revokeGrants(_ selection: GrantSelection, limit: Int, act: OperatorAct?, now: UnixTime) -> Int {
        if selection.id == nil {
            codes = codes.filter { $0.value.state.usedAt != nil || !selection.holds($0.value) }
        }
        let ended = grants(selection, after: nil, limit: limit, now: now).count { end($0.id, now) }
        if ended > 0, let act { record(act, grants: ended) }
        return ended
    }

    package func removeClient(_ id: String, act: OperatorAct?, now: UnixTime) -> ClientRemoval? {
        let wasRegistered = clients.removeValue(forKey: id) != nil
        let ended = grants.values.filter { $0.clientID == id && now < $0.expiresAt }.count { end($0.id, now) }
        codes = codes.filter { $0.value.clientID != id || $0.value.state.usedAt != nil }
        pending = pending.filter { $0.value.clientID != id }
        let published = documents.count
        documents = documents.filter { $0.key.clientID != id }
        guard wasRegistered || ended > 0 || documents.count < published else { return nil }
        if let act { record(act, grants: ended) }
        return ClientRemoval(wasRegistered: wasRegistered, grants: ended)
    }

    package func knownClients(after: String?, limit: Int, now: UnixTime) -> [KnownClient] {
        let live = Dictionary(
            grouping: grants.values.filter { $0.revokedAt == nil && now < $0.expiresAt }, by: \.clientID)
        let ids = Set(clients.keys).union(live.keys).union(documents.keys.map(\.clientID))
        return ids.filter { id in after.map { $0.utf8.lexicographicallyPrecedes(id.utf8) } ?? true }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit)
            .map { KnownClient(id: $0, registration: clients[$0], grants: live[$0]?.count ?? 0) }
    }

    package func operatorActs(after number: Int64) -> [RecordedAct] { acts.filter { $0.number > number } }

    package func lastOperatorAct() -> Int64 { acts.last?.number ?? 0 }

    private func record(_ act: OperatorAct, grants: Int) {
        acts.append(RecordedAct(number: lastOperatorAct() + 1, act: act, grants: grants))
    }
}

extension GrantSelection {
    fileprivate func holds(_ grant: Grant, _ now: UnixTime) -> Bool {
        grant.revokedAt == nil && now < grant.expiresAt && id.map { $0 == grant.id } ?? true
            && holds(client: grant.clientID, subject: grant.subject, resource: grant.resource)
    }

    fileprivate func holds(_ code: AuthorizationCode) -> Bool {
        holds(client: code.clientID, subject: code.subject, resource: code.resource)
    }

    private func holds(client: String, subject: String, resource: String) -> Bool {
        clientID.map { $0 == client } ?? true && self.subject.map { $0 == subject } ?? true
            && self.resource.map { $0 == resource } ?? true
    }
}
