import HTTPServer
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores

/// A store in memory that can be made to fail or to hang.
final class SwitchableStore: OAuthStore {
    enum Mood: Sendable { case well, failing, hanging, collecting }

    private let store: any OAuthStore = MemoryOAuthStore()
    private let mood = Locked(Mood.well)
    private let hanging = Locked<[UnsafeContinuation<Void, Never>]>([])
    var isHanging: Bool { hanging.withLock { !$0.isEmpty } }
    /// How often the signing keys were read.
    let readings = Locked(0)

    /// What hangs goes on once the store is well.
    func become(_ mood: Mood) {
        self.mood.withLock { $0 = mood }
        guard mood == .well else { return }
        let waiting = hanging.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func check() async throws(StoreFailure) {
        switch mood.withLock({ $0 }) {
        case .well, .collecting: return
        case .failing: throw .unavailable("as the test wants it")
        case .hanging: await withUnsafeContinuation { continuation in hanging.withLock { $0.append(continuation) } }
        }
    }

    func register(_ client: StoredClient, unusedLimit: Int) async throws(StoreFailure) -> ClientAdmission {
        try await check()
        return try await store.register(client, unusedLimit: unusedLimit)
    }

    func keep(_ document: StoredDocument) async throws(StoreFailure) {
        try await check()
        try await store.keep(document)
    }

    func document(_ url: String, clientID: String) async throws(StoreFailure) -> StoredDocument? {
        try await check()
        return try await store.document(url, clientID: clientID)
    }

    func client(_ id: String) async throws(StoreFailure) -> StoredClient? {
        try await check()
        return try await store.client(id)
    }

    func clients(after id: String, limit: Int) async throws(StoreFailure) -> [StoredClient] {
        try await check()
        return try await store.clients(after: id, limit: limit)
    }

    func update(_ client: StoredClient) async throws(StoreFailure) -> Bool {
        try await check()
        return try await store.update(client)
    }

    func removeClient(_ id: String, act: OperatorAct?, now: UnixTime) async throws(StoreFailure) -> ClientRemoval? {
        try await check()
        return try await store.removeClient(id, act: act, now: now)
    }

    func knownClients(after: String?, limit: Int, now: UnixTime) async throws(StoreFailure) -> [KnownClient] {
        try await check()
        return try await store.knownClients(after: after, limit: limit, now: now)
    }

    func invalidateRegistrationToken(_ hash: TokenHash) async throws(StoreFailure) {
        try await check()
        return try await store.invalidateRegistrationToken(hash)
    }

    func begin(_ pending: PendingAuthorization, limit: Int) async throws(StoreFailure) {
        try await check()
        return try await store.begin(pending, limit: limit)
    }

    func pendingAuthorization(_ id: TokenHash, now: UnixTime) async throws(StoreFailure) -> PendingAuthorization? {
        try await check()
        return try await store.pendingAuthorization(id, now: now)
    }

    func advance(_ pending: PendingAuthorization, now: UnixTime) async throws(StoreFailure) -> Bool {
        try await check()
        return try await store.advance(pending, now: now)
    }

    func approve(
        _ pending: PendingAuthorization, code: AuthorizationCode, now: UnixTime
    ) async throws(StoreFailure) -> Bool {
        try await check()
        return try await store.approve(pending, code: code, now: now)
    }

    func authorizationCode(_ hash: TokenHash) async throws(StoreFailure) -> AuthorizationCode? {
        try await check()
        return try await store.authorizationCode(hash)
    }

    func claim(_ claim: CodeClaim, now: UnixTime) async throws(StoreFailure) -> CodeClaim.Outcome {
        try await check()
        return try await store.claim(claim, now: now)
    }

    func accessToken(_ hash: TokenHash) async throws(StoreFailure) -> AccessToken? {
        try await check()
        return try await store.accessToken(hash)
    }

    func refreshToken(_ hash: TokenHash) async throws(StoreFailure) -> RefreshToken? {
        try await check()
        return try await store.refreshToken(hash)
    }

    func rotate(_ rotation: RefreshRotation, now: UnixTime) async throws(StoreFailure) -> RefreshRotation.Outcome {
        try await check()
        return try await store.rotate(rotation, now: now)
    }

    func revoke(_ revocation: TokenRevocation, now: UnixTime) async throws(StoreFailure) -> TokenRevocation.Outcome {
        try await check()
        return try await store.revoke(revocation, now: now)
    }

    func grants(
        _ selection: GrantSelection, after: GrantID?, limit: Int, now: UnixTime
    ) async throws(StoreFailure) -> [Grant] {
        try await check()
        return try await store.grants(selection, after: after, limit: limit, now: now)
    }

    func countGrants(_ selection: GrantSelection, now: UnixTime) async throws(StoreFailure) -> Int {
        try await check()
        return try await store.countGrants(selection, now: now)
    }

    func revokeGrants(
        _ selection: GrantSelection, limit: Int, act: OperatorAct?, now: UnixTime
    ) async throws(StoreFailure) -> Int {
        try await check()
        return try await store.revokeGrants(selection, limit: limit, act: act, now: now)
    }

    func operatorActs(after number: Int64) async throws(StoreFailure) -> [RecordedAct] {
        try await check()
        return try await store.operatorActs(after: number)
    }

    func lastOperatorAct() async throws(StoreFailure) -> Int64 {
        try await check()
        return try await store.lastOperatorAct()
    }

    func settle(_ users: [KnownUser], endingChanged: Bool, now: UnixTime) async throws(StoreFailure) -> UserChanges {
        try await check()
        return try await store.settle(users, endingChanged: endingChanged, now: now)
    }

    func useAssertion(clientID: String, id: String, expiresAt: UnixTime, now: UnixTime) async throws(StoreFailure)
        -> Bool
    {
        try await check()
        return try await store.useAssertion(clientID: clientID, id: id, expiresAt: expiresAt, now: now)
    }

    func signingKeys() async throws(StoreFailure) -> [SigningKey] {
        readings.withLock { $0 += 1 }
        try await check()
        return try await store.signingKeys()
    }

    func addSigningKey(_ key: SigningKey, ifNewestIs newest: String?, retiringItAt retirement: UnixTime?)
        async throws(StoreFailure) -> Bool
    {
        try await check()
        return try await store.addSigningKey(key, ifNewestIs: newest, retiringItAt: retirement)
    }

    func revokeSigningKey(_ id: String, now: UnixTime) async throws(StoreFailure) -> Bool {
        try await check()
        return try await store.revokeSigningKey(id, now: now)
    }

    func probe() async throws(StoreFailure) { try await check() }

    /// In the mood for collecting it takes until the mood is another.
    func collectGarbage(now: UnixTime, policy: GarbagePolicy) async throws(StoreFailure) -> GarbageReport {
        if mood.withLock({ $0 }) == .collecting {
            await withUnsafeContinuation { continuation in hanging.withLock { $0.append(continuation) } }
        }
        try await check()
        return try await store.collectGarbage(now: now, policy: policy)
    }

    func close() async { await store.close() }
}
