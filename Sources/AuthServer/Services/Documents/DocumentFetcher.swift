import HTTPClient

/// Where documents come from; tests bring one that needs no network.
protocol DocumentFetcher: Sendable {
    /// Asks for a JSON document of at most `longestBody` bytes, which is not sent again if it still has the tag.
    func document(
        at url: String, entityTag: String?, longestBody: Int
    ) async throws(HTTPClientError) -> HTTPClientResponse
}

extension HTTPClient: DocumentFetcher {
    func document(
        at url: String, entityTag: String?, longestBody: Int
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        var headers = [(name: "Accept", value: "application/json")]
        if let entityTag { headers.append((name: "If-None-Match", value: entityTag)) }
        return try await get(url, headers: headers, longestBody: longestBody)
    }
}
