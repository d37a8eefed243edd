package import OAuthModel
package import RuntimeConfig

/// The OAuth endpoints by their exact raw paths, the canonical ones and the legacy aliases that lead to them.
package struct EndpointTable: Sendable {
    package struct Endpoint: Hashable, Sendable {
        package let name: EndpointName
        /// The alias it was reached by; nil on its canonical path.
        package let alias: RuntimeConfig.Alias?
        /// The segment below the path, where the endpoint has any: the client of a configuration endpoint
        /// (RFC 7592 §2).
        package var subpath = ""
    }

    private let endpoints: [String: Endpoint]
    /// The canonical registration path with a slash.
    private let registrations: String?

    /// A canonical path wins over an alias of the same spelling.
    package init(_ config: RuntimeConfig) {
        var endpoints: [String: Endpoint] = [:]
        for alias in config.legacyAliases {
            endpoints[alias.path] = Endpoint(name: alias.endpoint, alias: alias)
        }
        for endpoint in config.endpoints {
            endpoints[endpoint.path] = Endpoint(name: endpoint.name, alias: nil)
        }
        self.endpoints = endpoints
        registrations = config.endpoints.first { $0.name == .register }
            .map { $0.path + "/" }
    }

    /// The endpoint at exactly this path, without other cases or trailing slashes, or the registration endpoint with
    /// one segment below it.
    package func endpoint(at path: String) -> Endpoint? {
        if let endpoint = endpoints[path] { return endpoint }
        guard let registrations, path.utf8.starts(with: registrations.utf8) else { return nil }
        let rest = path.utf8.dropFirst(registrations.utf8.count)
        guard !rest.isEmpty, !rest.contains(UInt8(ascii: "/")) else { return nil }
        return Endpoint(name: .register, alias: nil, subpath: String(Substring(rest)))
    }
}
