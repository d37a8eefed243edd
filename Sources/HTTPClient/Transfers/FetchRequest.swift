/// One GET with the rules it goes by.
struct FetchRequest: Sendable {
    let url: String
    /// `Name: value` each.
    let fields: [String]
    let policy: HTTPClientPolicy

    init(
        _ url: String, headers: [(name: String, value: String)], _ policy: HTTPClientPolicy, longestBody: Int? = nil
    ) {
        self.url = url
        fields = headers.map { "\($0.name): \($0.value)" }
        var policy = policy
        if let longestBody { policy.longestBody = longestBody }
        self.policy = policy
    }

    /// True for an https URL of visible ASCII, and fields of one line each that have a value; libcurl takes much more.
    var isWellFormed: Bool {
        url.utf8.count <= 2_048 && url.utf8.starts(with: "https://".utf8)
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
