import CCurl

// What libcurl calls on the thread of the pool. Functions at top level and passed by name: a closure may carry an
// actor's isolation with it, which a foreign thread violates.
//
// `context` is the Progress of the transfer, which lives longer than its fetch.

private func progress(_ context: UnsafeMutableRawPointer) -> Progress {
    Unmanaged<Progress>.fromOpaque(context).takeUnretainedValue()
}

/// A copy of what the library lends for the call.
private func bytes(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

func addressFound(_ context: UnsafeMutableRawPointer, _ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    progress(context).admits(IPAddress(bytes(start, count)))
}

func headReceived(_ context: UnsafeMutableRawPointer, _ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    progress(context).take(bytes(start, count), isHead: true)
}

func bodyReceived(_ context: UnsafeMutableRawPointer, _ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    progress(context).take(bytes(start, count), isHead: false)
}

extension HTTPClientError {
    /// What libcurl says, where we found nothing ourselves.
    init(_ code: CURLcode) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: self = .unresolved
        case CURLE_OPERATION_TIMEDOUT: self = .timeout
        case CURLE_FILESIZE_EXCEEDED: self = .tooLarge
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: self = .malformedRequest
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT, CURLE_SSL_CACERT_BADFILE: self = .noResources
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_SHUTDOWN_FAILED:
            self = .tls
        // No other protocol was asked for: an answer without a status line is one of HTTP 0.9 to libcurl.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
            self = .malformedResponse
        default: self = .unreachable
        }
    }
}
