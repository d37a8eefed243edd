package import ConnectorBackends

/// What the output directory shall hold.
package struct OutputRequest: Sendable {
    package let artifacts: [Artifact]
    /// Names of backends; nil when the artifacts are all there are. What other backends made before stays.
    package let only: [String]?

    package init(artifacts: [Artifact], only: [String]? = nil) {
        self.artifacts = artifacts
        self.only = only
    }

    /// True when an output of the last build that is not among the artifacts has left the spec.
    func isAbout(_ path: String) -> Bool {
        guard let only else { return true }
        return BackendRegistry.owner(of: path).map(only.contains) ?? false
    }
}
