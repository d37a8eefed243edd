/// One request with the rules it goes by.
struct FetchRequest: Sendable {
    let url: String
    /// `Name: value` each.
    let fields: [String]
    /// What is sent, by POST; nil for a GET.
    let body: [UInt8]?
    let policy: HTTPClientPolicy
    /// True for what must not be sent twice, and so goes over a connection of its own: one that was kept may turn out to
    /// be closed once the request is on it.
    let isOnce: Bool

    init(
        _ url: String, headers: [(name: String, value: String)], body: [UInt8]? = nil, _ policy: HTTPClientPolicy,
        longestBody: Int? = nil, isOnce: Bool = false
    ) {
        self.url = url
        fields = headers.map { "\($0.name): \($0.value)" }
        self.body = body
        self.isOnce = isOnce
        var policy = policy
        if let longestBody { policy.longestBody = longestBody }
        if Self.isPlain(url) { policy.addresses = .loopback }
        self.policy = policy
    }

    /// True for a URL that is fetched without TLS.
    var isPlain: Bool { Self.isPlain(url) }

    private static func isPlain(_ url: String) -> Bool { url.utf8.starts(with: "http://".utf8) }

    /// True for an https URL of visible ASCII, or a plain one where the policy has it, and fields of one line each that
    /// have a value; libcurl takes much more.
    var isWellFormed: Bool {
        url.utf8.count <= 2_048
            && (url.utf8.starts(with: "https://".utf8) || isPlain && policy.allowsPlainLoopback)
            && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            && fields.allSatisfy { field in
                field.utf8.count <= 4_096 && field.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
                    && field.utf8.last != UInt8(ascii: " ")
            }
    }
}

/// A request on its way from its caller to the thread.
struct Call: Sendable {
    let id: UInt64
    let request: FetchRequest
    /// Tells the caller; exactly once.
    let resume: @Sendable (Result<HTTPClientResponse, HTTPClientError>) -> Void
}
