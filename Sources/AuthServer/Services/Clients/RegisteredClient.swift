import OAuthProtocol
import OAuthStores

/// A client that registered itself (RFC 7591): what the store keeps, read back.
struct RegisteredClient: Hashable, Sendable {
    /// By which ids of this registration method are told from those of the others without a look into the store.
    static let prefix = "dyn_"

    let stored: StoredClient
    let metadata: ClientMetadata

    init(_ stored: StoredClient, metadata: ClientMetadata) {
        self.stored = stored
        self.metadata = metadata
    }

    /// Nil for metadata that this release cannot read.
    init?(_ stored: StoredClient) {
        guard let metadata = ClientMetadata(stored: stored.metadata) else { return nil }
        self.init(stored, metadata: metadata)
    }

    /// The client as far as it could register today.
    func record(admittedBy policy: RegistrationPolicy) -> ClientRecord {
        var secrets: [ClientRecord.Secret] = []
        if let current = stored.secretHash { secrets.append(ClientRecord.Secret(digest: current.bytes)) }
        if let previous = stored.previousSecretHash, let end = stored.previousSecretExpiresAt {
            secrets.append(ClientRecord.Secret(digest: previous.bytes, notAfter: Int(end.seconds)))
        }
        return metadata.record(id: stored.id, secrets: secrets, admittedBy: policy)
    }
}
