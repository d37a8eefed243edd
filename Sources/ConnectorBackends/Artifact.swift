package import Diagnostics

/// One generated file, in memory.
package struct Artifact: Sendable {
    /// Relative to the output directory, `nginx/dexter.cash.conf`; of a closed set of folders.
    package var path: String
    /// Permission bits: 0o644, scripts 0o700, files with secrets 0o600.
    package var mode: UInt16
    package var bytes: [UInt8]
    /// Which spec lines its lines came from; sorted, without overlap.
    package var provenance: [Provenance]
    /// The file with references, when secret values stand in it (`--secrets`); the lock then holds the digest of this.
    package var maskedBytes: [UInt8]?

    package init(path: String, mode: UInt16, bytes: [UInt8], provenance: [Provenance], maskedBytes: [UInt8]? = nil) {
        self.path = path
        self.mode = mode
        self.bytes = bytes
        self.provenance = provenance
        self.maskedBytes = maskedBytes
    }
}

/// Output lines and the places of the spec they came from.
package struct Provenance: Hashable, Sendable {
    /// 1-based, both ends included.
    package var lines: ClosedRange<Int>
    /// The most telling first.
    package var origins: [Span]

    package init(lines: ClosedRange<Int>, origins: [Span]) {
        self.lines = lines
        self.origins = origins
    }
}
