/// What a path means on the private side.
enum PrivateRoute: Hashable, Sendable, CustomStringConvertible {
    /// The question of nginx about a request to a resource (`auth_request`).
    case verification
    /// An `OPTIONS` of a transport.
    case preflight
    case health(Health.Check)
    case unknown

    var description: String {
        switch self {
        case .verification: "verification"
        case .preflight: "preflight"
        case .health(let check): check.rawValue
        case .unknown: "unknown"
        }
    }
}
