import CCurl
import CHTTPClient

/// One call while it is performed: first a look at the addresses of the host, then the fetch. Used by the thread of
/// its pool alone.
final class Transfer {
    let call: Call
    /// What the pool knows the transfer by.
    let handle: UnsafeMutableRawPointer
    private let fetch: OpaquePointer
    private let progress: Progress
    private let deadline: ContinuousClock.Instant

    /// Nil when there is no memory for it.
    init?(_ call: Call, now: ContinuousClock.Instant) {
        let progress = Progress(call.request.policy)
        guard let fetch = Self.make(call.request, progress) else { return nil }
        self.call = call
        self.fetch = fetch
        self.progress = progress
        handle = cg_fetch_handle(fetch)
        deadline = now + call.request.policy.totalTimeout
    }

    deinit {
        cg_fetch_free(fetch)
    }

    private static func make(_ request: FetchRequest, _ progress: Progress) -> OpaquePointer? {
        let policy = request.policy
        // The transfer owns both, and frees the fetch first.
        var callbacks = cg_fetch_callbacks(
            context: Unmanaged.passUnretained(progress).toOpaque(), admits: addressFound, head: headReceived,
            body: bodyReceived)
        let made = request.url.withCString { url in
            policy.userAgent.withCString { agent in
                withCString(policy.authorities) { authorities in
                    var options = cg_fetch_options(
                        url: url, user_agent: agent, authorities: authorities,
                        connect_milliseconds: policy.connectTimeout.milliseconds,
                        longest_body: curl_off_t(policy.longestBody), is_plain: request.isPlain)
                    return cg_fetch_make(&options, &callbacks)
                }
            }
        }
        guard let made else { return nil }
        let hasBody = request.body.map { cg_fetch_set_body(made, $0, $0.count) } ?? true
        let isWhole =
            hasBody && request.fields.allSatisfy { cg_fetch_add_field(made, $0) }
            && policy.hosts.allSatisfy { cg_fetch_fix_addresses(made, $0.text) }
        if !isWhole { cg_fetch_free(made) }
        return isWhole ? made : nil
    }

    /// Readies the next phase; false when no time is left.
    func begin(now: ContinuousClock.Instant) -> Bool {
        let left = (deadline - now).milliseconds
        return left > 0 && cg_fetch_begin(fetch, left, progress.phase == .fetch && !call.request.isOnce)
    }

    /// Judges how a phase ended; nil when the next one follows.
    func ended(_ code: CURLcode) -> Result<HTTPClientResponse, HTTPClientError>? {
        if let failure = progress.failure { return .failure(failure) }
        switch progress.phase {
        case .survey where progress.hasAddress && code == CURLE_COULDNT_CONNECT:
            progress.phase = .fetch
            return nil
        case .survey: return .failure(HTTPClientError(code))
        case .fetch:
            guard code == CURLE_OK else { return .failure(HTTPClientError(code)) }
            let status = cg_fetch_status(fetch)
            switch status {
            case 304: break
            case 300..<400: return .failure(.redirect(status: status))
            case 200..<600: break
            default: return .failure(.malformedResponse)
            }
            return .success(progress.answer.response(status: status))
        }
    }
}

extension HTTPClientPolicy.HostEntry {
    /// As libcurl reads it.
    fileprivate var text: String {
        let numbers = addresses.map { $0.utf8.contains(UInt8(ascii: ":")) ? "[\($0)]" : $0 }
        return "\(host):\(port):\(numbers.joined(separator: ","))"
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, so that a rest of time is none only when nothing is left.
    fileprivate var milliseconds: Int { Int((self / .milliseconds(1)).rounded(.up)) }
}

private func withCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
}
