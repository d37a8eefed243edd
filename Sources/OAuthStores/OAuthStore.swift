package import OAuthProtocol

/// What the server must not forget, as operations that either happen whole or not at all.
///
/// Nothing is answered before it is durable, as far as the store is. There is no get-then-put: whatever must happen
/// once (a code, a rotation, an assertion, a key) is one operation that says whether this call was the one. Secrets are
/// known by their hashes alone, and times come in. Who needs a part of it asks for the protocol of that part.
package protocol OAuthStore: ClientStore, AuthorizationStore, TokenStore, GrantStore, SigningKeyStore, DocumentStore {
    /// Writes something that changes nothing, and returns when it is durable: whether the store can be written now.
    func probe() async throws(StoreFailure)
    /// Takes away what is over, in small steps, and never what is live. Ends early when its task is cancelled.
    func collectGarbage(now: UnixTime, policy: GarbagePolicy) async throws(StoreFailure) -> GarbageReport
    /// Does what waits and lets go of files and threads.
    func close() async
}

/// Clients that registered, and what they used up.
package protocol ClientStore: Sendable {
    /// Stores a new client, as long as fewer than `unusedLimit` have never had a token; 0 for no limit.
    func register(_ client: StoredClient, unusedLimit: Int) async throws(StoreFailure) -> ClientAdmission
    func client(_ id: String) async throws(StoreFailure) -> StoredClient?
    /// At most `limit` clients by ascending id, those behind `id`; "" for the first ones.
    func clients(after id: String, limit: Int) async throws(StoreFailure) -> [StoredClient]
    /// Writes the client with the next revision if the stored one is of `client.revision`; false when it changed or is
    /// gone. When it was first authorized stays as it is stored.
    func update(_ client: StoredClient) async throws(StoreFailure) -> Bool
    /// Forgets a client: its registration, documents, codes and pending authorizations go, and its grants end. Nil when
    /// there is nothing of it. `act` is recorded in the same commit.
    func removeClient(
        _ id: String, act: OperatorAct?, now: UnixTime
    ) async throws(StoreFailure) -> ClientRemoval?
    /// Clients that the store knows by anything, with how many grants of each live, by the bytes of their ids: those
    /// after
    /// `after`, at most `limit`.
    func knownClients(after: String?, limit: Int, now: UnixTime) async throws(StoreFailure) -> [KnownClient]
    /// Ends the life of a registration access token that came for another client.
    func invalidateRegistrationToken(_ hash: TokenHash) async throws(StoreFailure)
    /// True for the first use of a `jti` by a client until it expires (RFC 7523 §3).
    func useAssertion(
        clientID: String, id: String, expiresAt: UnixTime, now: UnixTime
    ) async throws(StoreFailure) -> Bool
}

/// Authorization requests on their way to a code.
package protocol AuthorizationStore: Sendable {
    /// Stores one; beyond `limit` the oldest gives way.
    func begin(_ pending: PendingAuthorization, limit: Int) async throws(StoreFailure)
    /// Nil when there is none or it has expired.
    func pendingAuthorization(_ id: TokenHash, now: UnixTime) async throws(StoreFailure) -> PendingAuthorization?
    /// Takes a step: writes `pending` with the next revision if the stored one is of `pending.revision`.
    func advance(_ pending: PendingAuthorization, now: UnixTime) async throws(StoreFailure) -> Bool
    /// Takes the step that gives a code, in the same commit. False when the authorization is gone, expired or of
    /// another revision; then there is no code either.
    func approve(
        _ pending: PendingAuthorization, code: AuthorizationCode, now: UnixTime
    ) async throws(StoreFailure) -> Bool
}

/// Codes and tokens.
package protocol TokenStore: Sendable {
    func authorizationCode(_ hash: TokenHash) async throws(StoreFailure) -> AuthorizationCode?
    /// Redeems a code for a grant and its first tokens, as ``CodeClaim/decide(_:now:)`` says.
    func claim(_ claim: CodeClaim, now: UnixTime) async throws(StoreFailure) -> CodeClaim.Outcome
    func accessToken(_ hash: TokenHash) async throws(StoreFailure) -> AccessToken?
    func refreshToken(_ hash: TokenHash) async throws(StoreFailure) -> RefreshToken?
    /// Exchanges a refresh token, as ``RefreshRotation/decide(_:now:)`` says.
    func rotate(_ rotation: RefreshRotation, now: UnixTime) async throws(StoreFailure) -> RefreshRotation.Outcome
    /// Revokes an access token, or with a refresh token its whole grant, as ``TokenRevocation/decide(_:_:)`` says.
    func revoke(_ revocation: TokenRevocation, now: UnixTime) async throws(StoreFailure) -> TokenRevocation.Outcome
}

/// Grants as operators and the list of users end them.
package protocol GrantStore: Sendable {
    /// Grants that live, oldest first: those after `after`, at most `limit`.
    func grants(
        _ selection: GrantSelection, after: GrantID?, limit: Int, now: UnixTime
    ) async throws(StoreFailure) -> [Grant]
    /// How many grants of these live.
    func countGrants(_ selection: GrantSelection, now: UnixTime) async throws(StoreFailure) -> Int
    /// Ends the oldest `limit` of these grants, and the unused codes that are like them; answers how many grants. Where
    /// that is any, `act` is recorded in the same commit.
    func revokeGrants(
        _ selection: GrantSelection, limit: Int, act: OperatorAct?, now: UnixTime
    ) async throws(StoreFailure) -> Int
    /// What operators did after that number, in its order, a thousand at most.
    func operatorActs(after number: Int64) async throws(StoreFailure) -> [RecordedAct]
    /// The number of the last one; 0 when there is none.
    func lastOperatorAct() async throws(StoreFailure) -> Int64
    /// Makes `users` those that there are, as ``UserSettlement`` says. The grants and unused codes of everybody else
    /// end in the same commit, and with `endingChanged` those of whoever has another password than the last time.
    func settle(
        _ users: [KnownUser], endingChanged: Bool, now: UnixTime
    ) async throws(StoreFailure) -> UserChanges
}

/// The keys that sign tokens.
package protocol SigningKeyStore: Sendable {
    /// All keys, oldest first.
    func signingKeys() async throws(StoreFailure) -> [SigningKey]
    /// Adds a key if the newest one of its algorithm is still `newest` (nil: none), and sets when that one retires. Of
    /// many who try at once, one succeeds.
    func addSigningKey(
        _ key: SigningKey, ifNewestIs newest: String?, retiringItAt retirement: UnixTime?
    ) async throws(StoreFailure) -> Bool
    func revokeSigningKey(_ id: String, now: UnixTime) async throws(StoreFailure) -> Bool
}

/// The last good copies of what clients publish.
package protocol DocumentStore: Sendable {
    /// Keeps what a client published in place of what was fetched from the same URL for it earlier.
    func keep(_ document: StoredDocument) async throws(StoreFailure)
    /// Nil when nothing is kept from there for that client.
    func document(_ url: String, clientID: String) async throws(StoreFailure) -> StoredDocument?
}

extension ClientStore {
    /// Forgets a client that wants to go; false when it is not registered.
    package func deleteClient(_ id: String, now: UnixTime) async throws(StoreFailure) -> Bool {
        try await removeClient(id, act: nil, now: now)?.wasRegistered ?? false
    }
}
