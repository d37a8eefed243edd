/// What a path means to this server. The raw value is the only thing that logs and metrics say of a path, so nothing
/// that a client sends gets into them.
enum Route: Hashable, Sendable, CustomStringConvertible {
    case metadata, domainProof, live, ready, verification, preflight, unknown
    /// An OAuth endpoint by its name.
    case endpoint(String)

    var description: String {
        switch self {
        case .metadata: "metadata"
        case .domainProof: "domain-proof"
        case .live: "live"
        case .ready: "ready"
        case .verification: "verification"
        case .preflight: "preflight"
        case .unknown: "unknown"
        case .endpoint(let name): name
        }
    }
}
