package import OAuthModel
package import RuntimeConfig
import WebSyntax

/// The OAuth endpoints by their exact raw paths, the canonical ones and the legacy aliases that lead to them.
package struct EndpointTable: Sendable {
    /// What a path leads to.
    package enum Target: Hashable, Sendable {
        /// An endpoint, and the alias it was reached by; nil on its canonical path.
        case endpoint(EndpointName, alias: RuntimeConfig.Alias?)
        /// The configuration of the client with that id (RFC 7592 §2), below the registration endpoint.
        case clientConfiguration(id: String)

        /// The endpoint as logs name it; a client's configuration belongs to the registration.
        package var name: EndpointName {
            switch self {
            case .endpoint(let name, _): name
            case .clientConfiguration: .register
            }
        }
    }

    private let targets: [String: Target]
    /// The canonical registration path with a slash.
    private let registrations: String?

    /// A canonical path wins over an alias of the same spelling.
    package init(_ config: RuntimeConfig) {
        var targets: [String: Target] = [:]
        for alias in config.legacyAliases {
            targets[alias.path] = .endpoint(alias.endpoint, alias: alias)
        }
        var registrations: String?
        for endpoint in config.endpoints {
            targets[endpoint.path] = .endpoint(endpoint.name, alias: nil)
            if endpoint.name == .register { registrations = endpoint.path + "/" }
        }
        self.targets = targets
        self.registrations = registrations
    }

    /// What is at exactly this path, without other cases or trailing slashes: an endpoint, or one segment below the
    /// registration endpoint.
    package func target(at path: String) -> Target? {
        if let target = targets[path] { return target }
        guard let registrations, path.utf8.starts(with: registrations.utf8) else { return nil }
        let rest = path.utf8.dropFirst(registrations.utf8.count)
        guard !rest.isEmpty, !rest.contains(UInt8(ascii: "/")) else { return nil }
        return .clientConfiguration(id: String(Substring(rest)))
    }
}
