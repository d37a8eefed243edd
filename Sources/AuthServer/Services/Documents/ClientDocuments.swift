import Cryptography
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// Clients whose id is the URL of their metadata (Client ID Metadata Documents), and the keys of clients that sign.
///
/// A person who authorizes sees what the document says now. A program that exchanges a code or a refresh token gets
/// by with the last good copy, for as long as the client has a grant: its host may be down when it comes.
struct ClientDocuments: Sendable {
    enum Purpose: Hashable, Sendable { case authorization, token }

    private let policy: ClientDocumentPolicy
    private let store: any DocumentStore
    private let records: DocumentCache<ClientRecord>
    let keySets: DocumentCache<JWKSet>
    let report: @Sendable (_ url: String, _ failure: DocumentFailure) -> Void

    /// `report` is told of every document that could not be had, for the log.
    init(
        policy: ClientDocumentPolicy, fetcher: any DocumentFetcher, store: any DocumentStore,
        limits: DocumentLimits = DocumentLimits(), clock: Clock = .system,
        report: @escaping @Sendable (_ url: String, _ failure: DocumentFailure) -> Void = { _, _ in }
    ) {
        self.policy = policy
        self.store = store
        self.report = report
        let egress = EgressLimit(limits)
        records = DocumentCache(
            fetcher, egress: egress, limits: limits, clock: clock, mostCopies: limits.copies,
            longestBody: ClientDocumentPolicy.longest
        ) { (body, url) throws(DocumentFailure) in try Self.record(body, url, policy) }
        keySets = DocumentCache(
            fetcher, egress: egress, limits: limits, clock: clock, mostCopies: limits.copies / 4,
            longestBody: DocumentLimits.longestKeySet
        ) { (body, _) throws(DocumentFailure) in try Self.keySet(body) }
    }

    /// The client that publishes its metadata at the URL.
    ///
    /// `asker` is who caused the request, for the limits. `lacksSomething` says that the record of an earlier call
    /// lacks what the request has, a redirect for example: then the document is fetched anew, unless that was done
    /// within the last half minute.
    func client(
        _ url: ClientDocumentURL, for purpose: Purpose, asker: ClientAddress, lacksSomething: Bool = false
    ) async throws(Rejection) -> ClientRecord {
        do throws(DocumentFailure) {
            // A host that was taken out of the spec gets no more codes, and its tokens are not renewed.
            guard policy.admits(url) else { throw .foreignHost }
            let host = url.host.lowercased()
            let known = await lastGood(url.text, of: url.text, in: records)
            guard purpose == .token, let known else {
                return try await records.current(
                    url.text, host: host, for: asker, lacksSomething: lacksSomething
                ).value
            }
            await records.refresh(url.text, host: host, for: asker)
            return known.value
        } catch {
            report(url.text, error)
            throw error.rejection(of: url.text, for: purpose)
        }
    }

    /// Keeps what a client published beyond this process. Call it when a grant of the client came into being or went
    /// on; it writes only what the store does not have yet.
    func keep(_ client: ClientRecord) async throws(StoreFailure) {
        if client.origin == .document { try await keep(client.id, of: client.id, in: records) }
        if let url = client.keysURI { try await keep(url, of: client.id, in: keySets) }
    }

    private func keep<Value>(
        _ url: String, of clientID: String, in cache: DocumentCache<Value>
    ) async throws(StoreFailure) {
        guard let copy = await cache.copy(of: url), copy.storedFor != clientID else { return }
        try await store.keep(copy.stored(clientID: clientID, url: url))
        await cache.noteStored(copy, of: url, for: clientID)
    }

    /// The copy at hand, or else the one in the store. A store that fails has none: others will notice.
    func lastGood<Value>(
        _ url: String, of clientID: String, in cache: DocumentCache<Value>
    ) async -> DocumentCopy<Value>? {
        if let copy = await cache.copy(of: url) { return copy }
        do throws(StoreFailure) {
            guard let stored = try await store.document(url, clientID: clientID) else { return nil }
            return await cache.restore(stored)
        } catch {
            return nil
        }
    }

    private static func record(
        _ body: [UInt8], _ url: String, _ policy: ClientDocumentPolicy
    ) throws(DocumentFailure) -> ClientRecord {
        guard let url = ClientDocumentURL(url) else { throw .invalid(.otherIdentifier) }
        do throws(Rejection) {
            return try ClientDocument.record(body, from: url, policy: policy)
        } catch {
            guard case .clientDocument(let fault) = error else { throw .invalid(.otherIdentifier) }
            throw .invalid(fault)
        }
    }
}
