/// How many documents are fetched and held.
struct DocumentLimits: Sendable {
    /// Copies in memory; the ones unused for longest give way.
    var copies = 512
    /// Beyond this, a minute's requests for documents that are not at hand are refused.
    var fetchesPerMinute = 300
    var fetchesPerHostAndMinute = 30

    /// Seconds for which a host that failed is not asked again.
    static let failurePause = 30
    /// Seconds for which a copy is not fetched anew although something is missing in it.
    static let refetchPause = 30
    /// The most bytes of a key set, which may hold certificates.
    static let longestKeySet = 16_384
}
