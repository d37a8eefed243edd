import ConnectorBackends
package import ConnectorChanges
package import Diagnostics

/// What a build does, or would do, to the files of its output directory.
package struct OutputChanges: Sendable {
    package enum Action: Hashable, Sendable {
        case create
        /// Lines that come and lines that go; nil when nobody asked.
        case change(LineChange?)
        /// The bytes stay, the permission bits do not.
        case changeMode(from: UInt16, to: UInt16)
        case remove
    }

    package struct Change: Hashable, Sendable {
        /// Relative to the output directory.
        package let path: String
        package let action: Action
    }

    /// Sorted by path.
    package internal(set) var changes: [Change] = []
    /// How many files stay as they are: same bytes, same mode, and then same inode.
    package internal(set) var upToDate = 0
    /// With an error here, nothing is written.
    package internal(set) var diagnostics: [Diagnostic] = []

    package var isEmpty: Bool { changes.isEmpty }

    /// Indices of the artifacts whose bytes and mode stand there already.
    var unchanged: Set<Int> = []
    /// Paths of the last build's files that this one does not make and that go.
    var removed: Set<String> = []

    /// True when another build came between the request and this answer, so that the request has to be made again.
    /// Nothing else is said then, and nothing was written.
    package internal(set) var isOutdated = false

    init(isOutdated: Bool = false) {
        self.isOutdated = isOutdated
    }

    /// Every artifact is new.
    init(creating artifacts: [Artifact]) {
        changes = artifacts.map { Change(path: $0.path, action: .create) }.sorted { $0.path < $1.path }
    }
}
