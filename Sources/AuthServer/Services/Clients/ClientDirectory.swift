import Cryptography
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// Finds clients, whichever registration method they came by: those of the spec first, then documents, then the
/// registered ones.
struct ClientDirectory: Sendable {
    private let predefined: [String: ClientRecord]
    private let registrationMethods: Set<RegistrationMethod>
    private let store: any ClientStore
    private let documents: ClientDocuments?
    private let policy: RegistrationPolicy

    init(
        _ config: RuntimeConfig, policy: RegistrationPolicy, store: any ClientStore, documents: ClientDocuments?,
        surroundings: Surroundings
    ) throws(StartFailure) {
        var predefined: [String: ClientRecord] = [:]
        for client in config.clients {
            var digest: [UInt8]?
            if let secret = client.secret { digest = try Self.digest(of: secret.value(surroundings)) }
            predefined[client.id] = ClientRecord(client, secretDigest: digest, in: config)
        }
        self.predefined = predefined
        registrationMethods = Set(config.registrationMethods)
        self.store = store
        self.documents = documents
        self.policy = policy
    }

    /// The client with this id; nil when there is none. `address` is that of whoever asks. `lacksSomething` says that
    /// the record of an earlier call lacks what the request has, which a document may have by now.
    func client(
        _ id: String, for purpose: ClientDocuments.Purpose, from address: String, lacksSomething: Bool = false
    ) async throws(Rejection) -> ClientRecord? {
        if let client = predefined[id] { return client }
        if let documents, let url = ClientDocumentURL(id) {
            return try await documents.client(
                url, for: purpose, asker: ClientAddress(address), lacksSomething: lacksSomething)
        }
        return try await registered(id)?.record(admittedBy: policy)
    }

    /// The records of clients of the config, in the order of these. There is one for each: a config with a client that
    /// has none does not start.
    func predefined(_ clients: [RuntimeConfig.Client]) -> [ClientRecord] { clients.compactMap { predefined[$0.id] } }

    /// A client that registered itself, whatever the policy of today says of it.
    func registered(_ id: String) async throws(Rejection) -> RegisteredClient? {
        guard registrationMethods.contains(.dcr), id.utf8.starts(with: RegisteredClient.prefix.utf8) else { return nil }
        do throws(StoreFailure) {
            guard let stored = try await store.client(id) else { return nil }
            // To be told that it is not known, a client would throw away a registration that is there.
            guard let client = RegisteredClient(stored) else { throw .damaged("the metadata of a client") }
            return client
        } catch {
            throw Rejection(error)
        }
    }

    private static func digest(of secret: Secret) throws(StartFailure) -> [UInt8] {
        do throws(CryptographyError) {
            return try Digest.sha256(secret.bytes)
        } catch {
            throw .environment("cannot hash a client secret: \(error)")
        }
    }
}
