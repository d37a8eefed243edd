import HTTPClient
import OAuthProtocol
import OAuthStores

/// A document that was read and found valid.
struct DocumentCopy<Value: Sendable>: Sendable {
    let value: Value
    let body: [UInt8]
    let entityTag: String?
    let fetchedAt: UnixTime
    /// From then on it is asked for again.
    let freshUntil: UnixTime
    /// The client for which the store has it; keys may be those of several.
    var storedFor: String?

    /// `knownTag` is what the answer goes by when it names none.
    init(
        _ value: Value, body: [UInt8], answer: HTTPClientResponse, askedAt: UnixTime, knownTag: String? = nil
    ) {
        self.value = value
        self.body = body
        entityTag = answer["etag"].flatMap { Self.isEntityTag($0) ? $0 : nil } ?? knownTag
        fetchedAt = askedAt
        freshUntil = askedAt + .seconds(Freshness.seconds(of: answer))
    }

    init(_ value: Value, _ stored: StoredDocument) {
        self.value = value
        body = stored.body
        entityTag = stored.entityTag
        fetchedAt = stored.fetchedAt
        freshUntil = stored.freshUntil
        storedFor = stored.clientID
    }

    /// The same document after an answer that it has not changed.
    func confirmed(by answer: HTTPClientResponse, askedAt: UnixTime) -> DocumentCopy {
        DocumentCopy(value, body: body, answer: answer, askedAt: askedAt, knownTag: entityTag)
    }

    /// True while it need not be asked for again. A copy from the future is of the time before a clock was set back.
    func isFresh(at now: UnixTime) -> Bool { fetchedAt <= now && now < freshUntil }

    /// True while it will do where a limit of ours forbids to ask again.
    func isUsable(at now: UnixTime) -> Bool {
        fetchedAt <= now && now < fetchedAt + .seconds(DocumentLimits.longestStaleUse)
    }

    /// True when asking again can hardly bring anything else.
    func isNew(at now: UnixTime) -> Bool {
        fetchedAt <= now && now < fetchedAt + .seconds(DocumentLimits.refetchPause)
    }

    func stored(clientID: String, url: String) -> StoredDocument {
        StoredDocument(
            clientID: clientID, url: url, body: body, entityTag: entityTag, fetchedAt: fetchedAt,
            freshUntil: freshUntil)
    }

    /// What can be sent back in `If-None-Match` (RFC 9110 §8.8.3).
    private static func isEntityTag(_ text: String) -> Bool {
        let tag = text.utf8.starts(with: "W/".utf8) ? text.utf8.dropFirst(2) : text.utf8[...]
        return tag.count >= 2 && tag.count <= 256 && tag.first == UInt8(ascii: "\"") && tag.last == tag.first
            && tag.dropFirst().dropLast().allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
    }
}
