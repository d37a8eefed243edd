import ContentDigest
import Cryptography
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import WebSyntax

/// The clients of this server: finds them, has them prove who they are, and keeps what they register.
final class ClientService: Sendable {
    private let directory: ClientDirectory
    private let authentication: ClientAuthentication
    private let store: any ClientStore
    /// Nil where no client introduces itself by a document.
    private let documents: ClientDocuments?

    init(
        _ directory: ClientDirectory, authentication: ClientAuthentication, store: any ClientStore,
        documents: ClientDocuments?
    ) {
        self.directory = directory
        self.authentication = authentication
        self.store = store
        self.documents = documents
    }

    // MARK: who there is

    /// The client with this id; nil when there is none. See ``ClientDirectory``.
    func client(
        _ id: String, for purpose: ClientDocuments.Purpose, from address: String, lacksSomething: Bool = false
    ) async throws(Rejection) -> ClientRecord? {
        try await directory.client(id, for: purpose, from: address, lacksSomething: lacksSomething)
    }

    /// The records of clients of the config, in the order of these.
    func predefined(_ clients: [RuntimeConfig.Client]) -> [ClientRecord] { directory.predefined(clients) }

    /// A client that registered itself, whatever the policy of today says of it.
    func registered(_ id: String) async throws(Rejection) -> RegisteredClient? { try await directory.registered(id) }

    /// Keeps what a client published, when a grant of it came into being or went on. The copy is for the day on which
    /// its host is down; that it cannot be kept is no fault of the request.
    func keepDocuments(of client: ClientRecord) async {
        guard let documents else { return }
        do throws(StoreFailure) {
            try await documents.keep(client)
        } catch {
            // The store tells of its trouble itself (``StoreCondition``).
        }
    }

    // MARK: authentication

    /// A refusal of a client is told this long after the request came, whatever it took to find out: a client that is
    /// known costs more than one that is not, and the time must not say which clients there are.
    private static let refusalTime = Duration.milliseconds(2)

    /// The client that a request comes from, after it proved to be that one (RFC 6749 §2.3). `read` takes what it
    /// presents from the request.
    func authenticate(
        from address: String, now: UnixTime, _ read: () throws(Rejection) -> PresentedCredentials
    ) async throws(Rejection) -> ClientRecord {
        let start = ContinuousClock.now
        do throws(Rejection) {
            return try await authenticated(read(), from: address, now: now)
        } catch {
            if case .client = error { try? await Task.sleep(until: start + Self.refusalTime, tolerance: .zero) }
            throw error
        }
    }

    private func authenticated(
        _ presented: PresentedCredentials, from address: String, now: UnixTime
    ) async throws(Rejection) -> ClientRecord {
        let client = try await directory.client(presented.clientID, for: .token, from: address)
        let keySet = try await keySet(of: client, for: presented, from: address)
        let outcome = try authentication.outcome(
            presented, client: client, now: Int(now.seconds),
            matches: { secret, digest in
                // A digest that cannot fail: a failure here would be a verdict on the client.
                Digest.isEqual(SHA256.hash(Array(secret.utf8)), digest)
            },
            verifies: { assertion throws(Rejection) in
                guard let keySet else { return false }
                return try Rejection.mapError { () throws(CryptographyError) in try assertion.isSigned(by: keySet) }
            })
        guard let client else { throw .client(.unknown(id: presented.clientID), basic: presented.usesBasic) }
        guard case .authenticatedBy(let use) = outcome else { return client }
        let isFirst = try await Rejection.mapError { () throws(StoreFailure) in
            try await store.useAssertion(
                clientID: client.id, id: use.id, expiresAt: UnixTime(seconds: Int64(use.expires)), now: now)
        }
        guard isFirst else { throw .client(.assertion(.replayed), basic: false) }
        return client
    }

    /// The keys of a client that presents an assertion; nil when it presents none or publishes no keys. Nothing is
    /// fetched for one that is excluded: its keys may be on the very host that was taken out of the spec.
    private func keySet(
        of client: ClientRecord?, for presented: PresentedCredentials, from address: String
    ) async throws(Rejection) -> JWKSet? {
        guard case .assertion(let assertion) = presented.proof, let client, client.keysURI != nil,
            client.excludedFor == nil
        else { return nil }
        return try await documents?.keys(
            of: client, signedWith: assertion.keyID, asker: ClientAddress(address))
    }

    // MARK: registration

    /// Stores a new client, as long as fewer than `unusedLimit` have never had a token; 0 for no limit.
    func register(_ client: StoredClient, unusedLimit: Int) async throws(Rejection) -> ClientAdmission {
        try await Rejection.mapError { () throws(StoreFailure) in
            try await store.register(client, unusedLimit: unusedLimit)
        }
    }

    /// Writes a client if it is still of its revision; false when it changed or is gone.
    func update(_ client: StoredClient) async throws(Rejection) -> Bool {
        try await Rejection.mapError { () throws(StoreFailure) in try await store.update(client) }
    }

    /// Ends a client and all its grants in one commit; false when it is not registered.
    func delete(_ id: String, now: UnixTime) async throws(Rejection) -> Bool {
        try await Rejection.mapError { () throws(StoreFailure) in try await store.deleteClient(id, now: now) }
    }

    /// Ends the life of a registration access token that came for another client.
    func invalidateRegistrationToken(_ hash: TokenHash) async throws(Rejection) {
        try await Rejection.mapError { () throws(StoreFailure) in try await store.invalidateRegistrationToken(hash) }
    }
}

extension ClientAssertion {
    /// True when a key of the set made the signature, by an algorithm that this server verifies. Throws when that could
    /// not be found out.
    fileprivate func isSigned(by keys: JWKSet) throws(CryptographyError) -> Bool {
        let token = String(decoding: signingInput, as: UTF8.self) + "." + Base64URL.encode(signature)
        do throws(JWSError) {
            _ = try JWS.verify(token, keys: keys, policy: .clientAssertion)
            return true
        } catch {
            if case .unjudged(let failure) = error { throw failure }
            return false
        }
    }
}
