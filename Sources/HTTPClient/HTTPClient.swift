import CCurl
import CHTTPClient

/// Fetches over https, or on the machine itself, by one policy, on one thread of its own: bounded in time and size, to
/// checked addresses, and without anything that the environment or the other side could turn it aside with.
///
/// The addresses of a host are looked at first, without a socket: if the policy refuses one of them, there is no
/// connection at all. Then each address is judged again at the moment a socket is made for it, so that a name which
/// leads elsewhere by then gains nothing, and once more before a request goes over a connection, new or standing.
package final class HTTPClient: Sendable {
    package let policy: HTTPClientPolicy
    private let inbox: Inbox

    /// Once a process; the library must not be used before.
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    package init(policy: HTTPClientPolicy) throws(HTTPClientError) {
        guard Self.isLibraryReady, let pool = curl_multi_init() else { throw .noResources }
        inbox = Inbox(limit: policy.mostFetches, pool: pool)
        self.policy = policy
        guard cg_fetch_keep(pool, policy.keptConnections), inbox.startThread() else {
            curl_multi_cleanup(pool)
            throw .noResources
        }
    }

    deinit {
        inbox.close()
    }

    /// Fetches a URL; `longestBody` stands in for the policy's limit. A cancelled task gives up at once.
    package func get(
        _ url: String, headers: [(name: String, value: String)] = [], longestBody: Int? = nil
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await perform(FetchRequest(url, headers: headers, policy, longestBody: longestBody))
    }

    /// Sends a form; the answer comes as to ``get(_:headers:longestBody:)``. A connection that was kept and turns out
    /// to be closed is the one reason for which it is sent twice, unless `once` says that it must not be.
    package func post(
        _ url: String, form: String, headers: [(name: String, value: String)] = [], once: Bool = false
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        let type = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        return try await perform(
            FetchRequest(url, headers: type + headers, body: Array(form.utf8), policy, isOnce: once))
    }

    func perform(_ request: FetchRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        guard request.isWellFormed else { throw .malformedRequest }
        let id = try inbox.announce()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                inbox.add(Call(id: id, request: request) { continuation.resume(returning: $0) })
            }
        } onCancel: {
            inbox.cancel(id)
        }
        return try result.get()
    }

    /// Takes no more calls, ends those on their way with ``HTTPClientError/closed``, and waits for the thread.
    package func close() async {
        await inbox.closeAndWait()
    }
}
