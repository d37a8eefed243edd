import HTTPClient
import OAuthProtocol
import OAuthStores

/// Documents of one kind by their URLs: each is fetched once at a time, used as long as its server allows, and kept
/// for worse times. What does not validate is never kept.
///
/// A document is known once a client with tokens published it, which the store tells.
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
    private let limits: DocumentLimits
    private let mostCopies: Int
    private let longestBody: Int
    private let read: Read
    private var slots: [String: Slot] = [:]
    private var uses: UInt64 = 0
    private var failures: [String: (reason: DocumentFailure, until: UnixTime)] = [:]
    private var running: [String: Fetch] = [:]
    private var waiting: WaitingRoom

    private typealias Fetch = Task<Result<Copy, DocumentFailure>, Never>

    init(
        _ fetcher: any DocumentFetcher, egress: EgressLimit, limits: DocumentLimits, clock: Clock, mostCopies: Int,
        longestBody: Int, read: @escaping Read
    ) {
        self.fetcher = fetcher
        self.egress = egress
        self.limits = limits
        waiting = WaitingRoom(limits)
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
    /// now is. A copy that is not older than ``DocumentLimits/longestStaleUse`` also serves while a limit of ours
    /// forbids to fetch it anew.
    func current(
        _ url: String, host: String, for asker: ClientAddress, lacksSomething: Bool = false
    ) async throws(DocumentFailure) -> Copy {
        let now = clock.now
        let known = copy(of: url)
        if let known, lacksSomething ? known.isNew(at: now) : known.isFresh(at: now) { return known }
        do throws(DocumentFailure) {
            return try await result(of: fetch(url, host: host, for: asker, now), url, for: asker)
        } catch {
            guard error.isOurLimit, !lacksSomething, let known, known.isUsable(at: now) else { throw error }
            return known
        }
    }

    /// Fetches a new copy in the background, if the one at hand is no longer fresh and no limit forbids it.
    func refresh(_ url: String, host: String, for asker: ClientAddress) {
        let now = clock.now
        if let copy = slots[url]?.copy, copy.isFresh(at: now) { return }
        _ = try? fetch(url, host: host, for: asker, now)
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

    private func isKnown(_ url: String) -> Bool { slots[url]?.copy.storedFor != nil }

    /// Waits for a fetch, if there is room for one more who waits: each holds a connection meanwhile.
    private func result(
        of fetch: Fetch, _ url: String, for asker: ClientAddress
    ) async throws(DocumentFailure) -> Copy {
        guard waiting.enter(asker, isKnown: isKnown(url)) else { throw .crowded }
        defer { waiting.leave(asker) }
        return try await fetch.value.get()
    }

    /// The one fetch of a URL. A task of its own, for it serves all who wait, and must not end with the first of them;
    /// the fetcher's timeout bounds it.
    private func fetch(
        _ url: String, host: String, for asker: ClientAddress, _ now: UnixTime
    ) throws(DocumentFailure) -> Fetch {
        if let task = running[url] { return task }
        if let failure = failures[url], now < failure.until { throw failure.reason }
        let isKnown = isKnown(url)
        guard running.count < (isKnown ? limits.runningWithKnown : limits.running) else { throw .crowded }
        if let seconds = egress.wait(host: host, asker: asker, isKnown: isKnown, now: now) {
            throw .limited(retryAfter: seconds)
        }
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
            guard reason.isOfHost else { return }
            let now = clock.now
            failures = failures.filter { now < $0.value.until }
            failures[url] = (reason, now + .seconds(DocumentLimits.failurePause))
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
