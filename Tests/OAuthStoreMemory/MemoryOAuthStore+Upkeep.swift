package import OAuthProtocol
package import OAuthStores

extension MemoryOAuthStore {
    package func useAssertion(clientID: String, id: String, expiresAt: UnixTime, now: UnixTime) -> Bool {
        let key = AssertionKey(clientID: clientID, id: id)
        if let until = assertions[key], now < until { return false }
        assertions[key] = expiresAt
        return true
    }

    package func signingKeys() -> [SigningKey] { keys }

    package func addSigningKey(
        _ key: SigningKey, ifNewestIs newest: String?, retiringItAt retirement: UnixTime?
    ) -> Bool {
        guard let next = keys.adding(key, ifNewestIs: newest, retiringItAt: retirement) else { return false }
        keys = next
        return true
    }

    package func revokeSigningKey(_ id: String, now: UnixTime) -> Bool {
        guard let index = keys.firstIndex(where: { $0.id == id && $0.revokedAt == nil }) else { return false }
        keys[index].revokedAt = now
        return true
    }

    package func keep(_ document: StoredDocument) {
        let key = DocumentKey(clientID: document.clientID, url: document.url)
        if let kept = documents[key], kept.fetchedAt > document.fetchedAt { return }
        documents[key] = document
    }

    package func document(_ url: String, clientID: String) -> StoredDocument? {
        documents[DocumentKey(clientID: clientID, url: url)]
    }

    package func probe() {}

    package func collectGarbage(now: UnixTime, policy: GarbagePolicy) -> GarbageReport {
        var report = GarbageReport()
        report.pendingAuthorizations = sweep(&pending) { $0.expiresAt <= now }
        report.codes = sweep(&codes) { $0.state.expiresAt <= now - policy.usedCodes }
        report.accessTokens = sweep(&accessTokens) { $0.expiresAt <= now }
        report.refreshTokens = sweep(&refreshTokens) { $0.expiresAt <= now }
        report.grants = sweep(&grants) { ($0.revokedAt ?? $0.expiresAt) <= now - policy.endedGrants }
        let busy = Set(pending.values.map(\.clientID))
            .union(codes.values.filter { $0.state.usedAt == nil && now < $0.state.expiresAt }.map(\.clientID))
        report.clients = sweep(&clients) {
            $0.authorizedAt == nil && $0.createdAt <= now - policy.unusedClients && !busy.contains($0.id)
        }
        report.assertions = sweep(&assertions) { $0 <= now }
        let before = keys.count
        keys.removeAll { $0.retiresAt.map { $0 <= now } ?? false }
        report.signingKeys = before - keys.count
        let inUse = Set(grants.values.filter { $0.revokedAt == nil && now < $0.expiresAt }.map(\.clientID))
        report.documents = sweep(&documents) {
            $0.fetchedAt <= now - policy.unusedDocuments && !inUse.contains($0.clientID)
        }
        let recorded = acts.count
        acts.removeAll { $0.act.at <= now - policy.operatorActs }
        report.operatorActs = recorded - acts.count
        return report
    }

    private func sweep<Key, Value>(_ table: inout [Key: Value], _ isOver: (Value) -> Bool) -> Int {
        let before = table.count
        table = table.filter { !isOver($0.value) }
        return before - table.count
    }
}
