/// What a file may ask of the reader before it is refused.
///
/// libyaml itself sets no bounds: a hundred thousand open brackets take it seventeen seconds, and a
/// kilobyte of aliases can stand for a billion values.
package struct YAMLLimits: Hashable, Sendable {
    /// The size of the file in bytes.
    package var bytes: Int
    /// Collections within collections, aliases followed.
    package var depth: Int
    /// Values written in the file, keys included.
    package var nodes: Int
    /// Values that aliases may add, whatever the size of the file…
    package var aliasNodes: Int
    /// …and how many they may add for each value written, where that is more.
    package var aliasFactor: Int
    /// Errors, and warnings, that are kept of one file.
    package var findings: Int

    package init(
        bytes: Int = 16 << 20, depth: Int = 64, nodes: Int = 2_000_000, aliasNodes: Int = 100_000,
        aliasFactor: Int = 10, findings: Int = 1000
    ) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.aliasNodes = aliasNodes
        self.aliasFactor = aliasFactor
        self.findings = findings
    }

    package static let standard = YAMLLimits()
}
