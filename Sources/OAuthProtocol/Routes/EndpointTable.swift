package import RuntimeConfig

/// The OAuth endpoints by their exact raw paths, the canonical ones and the legacy aliases that lead to them.
package struct EndpointTable: Sendable {
    package struct Endpoint: Hashable, Sendable {
        /// `authorize`, `token`, …
        package let name: String
        /// The alias it was reached by; nil on its canonical path.
        package let alias: RuntimeConfig.Alias?
    }

    private let endpoints: [String: Endpoint]

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
    }

    /// The endpoint at exactly this path: no prefix, no other case, no trailing slash.
    package subscript(path: String) -> Endpoint? { endpoints[path] }
}
