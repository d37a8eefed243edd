/// Why there is no answer. Carries nothing that the other side sent.
package enum HTTPClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not an https URL that can be fetched, or a header field that cannot be sent.
    case malformedRequest
    case unresolved
    /// The host has an address that the policy refuses, or a connection that stands leads to one.
    case refusedAddress
    /// Refused, reset, closed too early, or no route.
    case unreachable
    /// The certificate is of another name or authority, has expired, or the handshake failed.
    case tls
    case timeout
    /// More head or body than the policy takes.
    case tooLarge
    case redirect(status: Int)
    case malformedResponse
    /// Too many calls at once.
    case overloaded
    /// The task that waited was cancelled.
    case cancelled
    case closed
    /// No memory, threads or descriptors.
    case noResources

    package var description: String {
        switch self {
        case .malformedRequest: "the URL or a header field cannot be sent"
        case .unresolved: "the host name does not resolve"
        case .refusedAddress: "the host has an address that is not allowed"
        case .unreachable: "the host cannot be reached"
        case .tls: "TLS with the host failed"
        case .timeout: "the host took too long"
        case .tooLarge: "the answer is too large"
        case .redirect(let status): "the host answered with a redirect (\(status))"
        case .malformedResponse: "the answer is malformed"
        case .overloaded: "too many fetches at once"
        case .cancelled: "the fetch was cancelled"
        case .closed: "the client is closed"
        case .noResources: "the system has no resources for a fetch"
        }
    }
}
