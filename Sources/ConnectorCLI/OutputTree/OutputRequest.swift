package import ConnectorBackends

/// What the output directory shall hold.
package struct OutputRequest: Sendable {
    package let artifacts: [Artifact]
    /// Names of backends; nil when the artifacts are all there are. What other backends made before stays.
    package let only: [String]?
    /// The lock of the last build as the artifacts took it over; of a request for all outputs it does not matter.
    package let previousLock: LockFile?

    package init(artifacts: [Artifact], only: [String]? = nil, previousLock: LockFile? = nil) {
        self.artifacts = artifacts
        self.only = only
        self.previousLock = previousLock
    }

    /// True when another build came between: what the request took over from the last one is no longer so.
    func isOutdated(by lock: LockFile?) -> Bool { only != nil && previousLock != lock }

    /// True when an output of the last build that is not among the artifacts has left the spec.
    func isAbout(_ path: String) -> Bool {
        guard let only else { return true }
        return BackendRegistry.owner(of: path).map(only.contains) ?? false
    }
}
