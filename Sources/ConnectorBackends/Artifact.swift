package import ConfigLanguages
package import Diagnostics
import Templates

/// One generated file, in memory.
package struct Artifact: Sendable {
    /// Relative to the output directory, `nginx/dexter.cash.conf`; of a closed set of folders.
    package var path: String
    /// Permission bits: 0o644, scripts 0o700, files with secrets 0o600.
    package var mode: UInt16
    package var text: TextRope
    /// Which spec lines its lines came from; sorted, without overlap.
    package var provenance: [Provenance]
    /// The file with references, when secret values stand in it (`--secrets`); the lock then holds the digest of this.
    package var maskedBytes: [UInt8]?

    package init(
        path: String, mode: UInt16, text: TextRope, provenance: [Provenance], maskedBytes: [UInt8]? = nil
    ) {
        self.path = path
        self.mode = mode
        self.text = text
        self.provenance = provenance
        self.maskedBytes = maskedBytes
    }

    package init(path: String, mode: UInt16, bytes: [UInt8], provenance: [Provenance]) {
        self.init(path: path, mode: mode, text: TextRope(bytes), provenance: provenance)
    }

    /// How many bytes the file has.
    package var size: Int { text.count }

    /// All bytes of the file; put together anew by each call.
    package var bytes: [UInt8] { text.bytes }
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

extension RenderedTemplate {
    /// The lines whose values within a line come from some places of the spec, by the names of the placeholders.
    func provenance(_ origins: [String: [Span]]) -> [Provenance] {
        var runs: [Provenance] = []
        for (name, line) in inlineLines {
            guard let spans = origins[name], !spans.isEmpty else { continue }
            if let last = runs.last, last.lines.upperBound == line {
                runs[runs.count - 1].origins += spans.filter { !last.origins.contains($0) }
            } else {
                runs.append(Provenance(lines: line...line, origins: spans))
            }
        }
        return runs
    }
}
