import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// What a path means on the public side.
enum PublicRoute: Hashable, Sendable, CustomStringConvertible {
    case metadata(MetadataCatalogue.Document)
    case endpoint(EndpointTable.Target)
    case domainProof(RuntimeConfig.DomainProof)
    case health(Health.Check)
    case unknown

    var description: String {
        switch self {
        case .metadata: "metadata"
        case .endpoint(let target): target.name.rawValue
        case .domainProof: "domain-proof"
        case .health(let check): check.rawValue
        case .unknown: "unknown"
        }
    }
}
