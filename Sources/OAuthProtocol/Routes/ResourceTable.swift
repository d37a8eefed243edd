package import RuntimeConfig

/// The protected resources by their exact identifiers.
package struct ResourceTable: Sendable {
    private let resources: [String: RuntimeConfig.Resource]

    package init(_ resources: [RuntimeConfig.Resource]) {
        self.resources = Dictionary(resources.map { ($0.resource, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The resource with exactly this identifier.
    package subscript(identifier: String) -> RuntimeConfig.Resource? { resources[identifier] }
}
