/// How much unauthenticated callers can make this server fetch and hold, and how many may wait for it.
///
/// Whoever asks is counted first, so that one unauthenticated caller uses up his own share and nobody else's. Documents
/// of clients that have had tokens are known: they have a reserve that no invented URL can use up.
struct DocumentLimits: Sendable {
    /// Copies in memory; the ones unused for longest give way.
    var copies = 512

    /// Fetches that one who asks (``ClientAddress``) may cause in a minute.
    var fetchesPerAsker = 10
    /// Fetches of unknown documents in a minute, all together and from one host.
    var fetchesPerMinute = 300
    var fetchesPerHostAndMinute = 30
    /// Fetches of known documents in a minute, beside those.
    var knownFetchesPerMinute = 300

    /// Fetches on their way at once; the last ones are for known documents. The client for documents takes 64.
    var running = 32
    var runningWithKnown = 48

    /// Requests that wait for a document at once: each holds a connection, of which there are 512 for everybody. The
    /// last ones are for known documents.
    var waiting = 96
    var waitingWithKnown = 128
    var waitingPerAsker = 64

    /// Seconds for which a host that failed is not asked again.
    static let failurePause = 30
    /// Seconds for which a copy is not fetched anew although something is missing in it.
    static let refetchPause = 30
    /// Seconds after which somebody for whom there was no room may come again: the longest that a fetch takes.
    static let crowdPause = 5
    /// Seconds after it was fetched for which a copy may be used where a limit forbids to fetch it anew.
    static let longestStaleUse = Freshness.longest
    /// The most bytes of a key set, which may hold certificates.
    static let longestKeySet = 16_384
}
