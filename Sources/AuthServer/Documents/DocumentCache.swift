import HTTPClient
import OAuthProtocol
import OAuthStores

/// Documents of one kind by their URLs: each is fetched once at a time, used as long as its server allows, and kept
/// for worse times. What does not validate is never kept.
actor DocumentCache<Value: Sendable> {
    typealias Copy = DocumentCopy<Value>
    typealias Read = @Sendable (_ body: [UInt8], _ url: String) throws(DocumentFailure) -> Value

    private struct Slot {
        var copy: Copy
        var lastUse: UInt64
    }

    private let fetcher: any DocumentFetcher
    private let egress: EgressLimit
    private let clock: Clock
    private let mostCopies: Int
    private let longestBody: Int
    private let read: Read
    private var slots: [String: Slot] = [:]
    private var uses: UInt64 = 0
    private var failures: [String: (reason: DocumentFailure, until: UnixTime)] = [:]
    private var running: [String: Task<Result<Copy, DocumentFailure>, Never>] = [:]

    init(
        _ fetcher: any DocumentFetcher, egress: EgressLimit, clock: Clock, mostCopies: Int, longestBody: Int,
        read: @escaping Read
    ) {
        self.fetcher = fetcher
        self.egress = egress
        self.clock = clock
        self.mostCopies = mostCopies
        self.longestBody = longestBody
        self.read = read
    }

    /// The copy at hand, however old.
    func copy(of url: String) -> Copy? {
        guard slots[url] != nil else { return nil }
        uses += 1
        slots[url]?.lastUse = uses
        return slots[url]?.copy
    }

    /// A copy that may be used now: at hand, or fetched. `lacksSomething` asks for a new one, which a copy fetched just
    /// now is.
    func current(_ url: String, host: String, lacksSomething: Bool = false) async throws(DocumentFailure) -> Copy {
        let now = clock.now
        if let copy = copy(of: url), lacksSomething ? copy.isNew(at: now) : copy.isFresh(at: now) { return copy }
        return try await fetch(url, host: host, now).value.get()
    }

    /// Fetches a new copy in the background, if the one at hand is no longer fresh.
    func refresh(_ url: String, host: String) {
        let now = clock.now
        if let copy = slots[url]?.copy, copy.isFresh(at: now) { return }
        _ = fetch(url, host: host, now)
    }

    /// Takes what the store kept, unless a newer copy is there; nil when it is no longer valid here.
    func restore(_ stored: StoredDocument) -> Copy? {
        if let copy = copy(of: stored.url) { return copy }
        do throws(DocumentFailure) {
            let copy = Copy(try read(stored.body, stored.url), stored)
            place(copy, at: stored.url)
            return copy
        } catch {
            return nil
        }
    }

    /// Notes that the store has this copy.
    func noteStored(_ copy: Copy, of url: String, for clientID: String) {
        if slots[url]?.copy.fetchedAt == copy.fetchedAt { slots[url]?.copy.storedFor = clientID }
    }

    /// The one fetch of a URL. A task of its own, for it serves all who wait, and must not end with the first of them;
    /// the fetcher's timeout bounds it.
    private func fetch(
        _ url: String, host: String, _ now: UnixTime
    ) -> Task<Result<Copy, DocumentFailure>, Never> {
        if let task = running[url] { return task }
        if let failure = failures[url], now < failure.until { return Task { .failure(failure.reason) } }
        if let seconds = egress.wait(host: host, now: now) { return Task { .failure(.limited(retryAfter: seconds)) } }
        let task = Task {
            let result = await ask(url, slots[url]?.copy, now)
            running[url] = nil
            settle(result, of: url)
            return result
        }
        running[url] = task
        return task
    }

    private func ask(_ url: String, _ known: Copy?, _ now: UnixTime) async -> Result<Copy, DocumentFailure> {
        let answer: HTTPClientResponse
        do throws(HTTPClientError) {
            answer = try await fetcher.document(at: url, entityTag: known?.entityTag, longestBody: longestBody)
        } catch {
            return .failure(.fetch(error))
        }
        switch (answer.status, known) {
        case (200, _):
            guard answer.body.count <= longestBody else { return .failure(.fetch(.tooLarge)) }
            return Result { () throws(DocumentFailure) in
                Copy(try read(answer.body, url), body: answer.body, answer: answer, askedAt: now)
            }
        case (304, let known?) where known.entityTag != nil:
            return .success(known.confirmed(by: answer, askedAt: now))
        default: return .failure(.status(answer.status))
        }
    }

    private func settle(_ result: Result<Copy, DocumentFailure>, of url: String) {
        switch result {
        case .success(let copy): place(copy, at: url)
        case .failure(let reason):
            switch reason {
            case .fetch, .status:
                let now = clock.now
                failures = failures.filter { now < $0.value.until }
                failures[url] = (reason, now + .seconds(DocumentLimits.failurePause))
            case .foreignHost, .invalid, .invalidKeys, .limited: break
            }
        }
    }

    private func place(_ copy: Copy, at url: String) {
        uses += 1
        slots[url] = Slot(copy: copy, lastUse: uses)
        guard slots.count > mostCopies, let oldest = slots.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
            return
        }
        slots[oldest.key] = nil
    }
}
