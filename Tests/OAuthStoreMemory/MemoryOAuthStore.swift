package import OAuthProtocol
package import OAuthStores

/// A store that forgets with its process, for tests.
package actor MemoryOAuthStore: OAuthStore {
    var clients: [String: StoredClient] = [:]
    var pending: [TokenHash: PendingAuthorization] = [:]
    /// In the order they came, for the limit; ids that are gone are passed over.
    private var pendingOrder: [TokenHash] = []
    var codes: [TokenHash: AuthorizationCode] = [:]
    var grants: [GrantID: Grant] = [:]
    private var lastGrant: Int64 = 0
    var accessTokens: [TokenHash: StoredAccessToken] = [:]
    var refreshTokens: [TokenHash: StoredRefreshToken] = [:]
    var assertions: [AssertionKey: UnixTime] = [:]
    var keys: [SigningKey] = []
    var documents: [DocumentKey: StoredDocument] = [:]
    /// Digests of the passwords, by subject.
    var users: [String: SecretHash] = [:]
    var acts: [RecordedAct] = []

    struct StoredAccessToken {
        let grantID: GrantID
        let scope: String
        let issuedAt, expiresAt: UnixTime
    }

    struct StoredRefreshToken {
        let grantID: GrantID
        let expiresAt: UnixTime
        var rotatedAt: UnixTime?
        var successor: TokenHash?
    }

    struct DocumentKey: Hashable {
        let clientID, url: String
    }

    struct AssertionKey: Hashable {
        let clientID, id: String
    }

    package init() {}

    package func close() {}

    // MARK: clients

    package func register(_ client: StoredClient, unusedLimit: Int) -> ClientAdmission {
        guard clients[client.id] == nil else { return .taken }
        guard unusedLimit == 0 || clients.values.count(where: { $0.authorizedAt == nil }) < unusedLimit else {
            return .full
        }
        clients[client.id] = client
        return .registered
    }

    package func client(_ id: String) -> StoredClient? { clients[id] }

    package func clients(after id: String, limit: Int) -> [StoredClient] {
        let ids = clients.keys.filter { id.utf8.lexicographicallyPrecedes($0.utf8) }
        let sorted = ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return sorted.prefix(limit).compactMap { clients[$0] }
    }

    package func update(_ client: StoredClient) -> Bool {
        guard let stored = clients[client.id], stored.revision == client.revision else { return false }
        var next = client
        next.revision += 1
        next.authorizedAt = stored.authorizedAt
        clients[client.id] = next
        return true
    }

    package func invalidateRegistrationToken(_ hash: TokenHash) {
        for client in clients.values where client.registrationTokenHash == hash {
            clients[client.id]?.registrationTokenHash = nil
            clients[client.id]?.revision += 1
        }
    }

    // MARK: pending authorizations

    package func begin(_ new: PendingAuthorization, limit: Int) {
        pending[new.id] = new
        pendingOrder.append(new.id)
        while pending.count > limit, let oldest = pendingOrder.first {
            pendingOrder.removeFirst()
            pending[oldest] = nil
        }
        if pendingOrder.count / 2 > limit { pendingOrder.removeAll { pending[$0] == nil } }
    }

    package func pendingAuthorization(_ id: TokenHash, now: UnixTime) -> PendingAuthorization? {
        pending[id].flatMap { now < $0.expiresAt ? $0 : nil }
    }

    package func advance(_ next: PendingAuthorization, now: UnixTime) -> Bool {
        guard let stored = pending[next.id], stored.revision == next.revision, now < stored.expiresAt else {
            return false
        }
        pending[next.id]?.details = next.details
        pending[next.id]?.revision += 1
        return true
    }

    package func approve(_ approved: PendingAuthorization, code: AuthorizationCode, now: UnixTime) -> Bool {
        guard advance(approved, now: now) else { return false }
        codes[code.hash] = code
        return true
    }

    // MARK: grants

    func addGrant(_ new: NewGrant, now: UnixTime) -> GrantID {
        lastGrant += 1
        let id = GrantID(lastGrant)
        grants[id] = Grant(
            id: id, clientID: new.clientID, subject: new.subject, resource: new.resource, scope: new.scope,
            createdAt: now, expiresAt: new.expiresAt)
        return id
    }

    /// False when it is gone or had ended.
    @discardableResult
    func end(_ id: GrantID, _ now: UnixTime) -> Bool {
        guard grants[id]?.revokedAt == nil, grants[id] != nil else { return false }
        grants[id]?.revokedAt = now
        return true
    }
}
