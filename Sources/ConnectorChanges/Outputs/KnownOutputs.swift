import ConnectorBackends
package import ConnectorCompiler
import ConnectorPlan
import ContentDigest

/// The outputs that a change starts from: those of a compilation, of a directory, or what a lock says of some.
package struct KnownOutputs: Sendable {
    package struct Output: Sendable {
        package let mode: UInt16
        /// Nil where only a digest is known, or the file holds secrets.
        package let bytes: [UInt8]?
        package let sha256: String
        /// True for a file that somebody changed since it was built.
        package let isEdited: Bool

        package init(mode: UInt16, bytes: [UInt8]?, sha256: String, isEdited: Bool = false) {
            self.mode = mode
            self.bytes = bytes
            self.sha256 = sha256
            self.isEdited = isEdited
        }
    }

    /// By path; the lock and the map are not among them.
    package var outputs: [String: Output]
    let stamp: GenerationStamp

    package init(outputs: [String: Output], specDigest: String, sourceName: String) {
        self.outputs = outputs.filter { !Self.records.contains($0.key) }
        stamp = GenerationStamp(specDigest: specDigest, sourceName: sourceName)
    }

    /// What a compilation made from a spec with these bytes.
    package init(_ compilation: Compilation, spec bytes: [UInt8], sourceName: String) {
        var outputs: [String: Output] = [:]
        for artifact in compilation.artifacts {
            let content = artifact.bytes
            outputs[artifact.path] = Output(mode: artifact.mode, bytes: content, sha256: SHA256.hex(content))
        }
        self.init(outputs: outputs, specDigest: SHA256.hex(bytes), sourceName: sourceName)
    }

    /// None at all.
    package static let none = KnownOutputs(outputs: [:], specDigest: "", sourceName: "")

    /// The same with the bytes of those that another one knows under the same digest.
    package func completed(by other: KnownOutputs) -> KnownOutputs {
        var known = self
        for (path, output) in outputs where output.bytes == nil {
            if let made = other.outputs[path], made.sha256 == output.sha256 {
                known.outputs[path] = Output(mode: output.mode, bytes: made.bytes, sha256: made.sha256)
            }
        }
        return known
    }

    /// What speaks of all other outputs, and changes with each of them.
    private static let records: Set<String> = [LockFile.path, ProvenanceMap.path]
}

/// What a generated file says of where it came from: the digest of the spec, and lines of it in comments. Both change
/// with every comment that somebody writes into the spec, and nothing that reads the file cares.
struct GenerationStamp: Sendable {
    let specDigest: String
    let sourceName: String

    /// The text without digest and line numbers.
    func removed(from bytes: [UInt8]) -> [UInt8] {
        let (digest, place) = (Array(specDigest.utf8), Array((sourceName + ":").utf8))
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: digest), !digest.isEmpty {
                index += digest.count
            } else if bytes[index...].starts(with: place) {
                kept += place
                index += place.count
                while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        return kept
    }
}
