import ConnectorBackends
import ContentDigest

/// What the lock of the last build says is ours: paths, and the digest each was left with.
struct OwnedFiles: Sendable {
    enum Ownership: Sendable {
        /// As a build left it.
        case ours
        /// A build wrote it, somebody changed it.
        case edited
        /// No build wrote it.
        case foreign
    }

    /// SHA-256 by path.
    private let digests: [String: String]

    init(_ lock: LockFile?) {
        var digests: [String: String] = [:]
        for output in lock?.outputs ?? [] { digests[output.path] = output.sha256 }
        self.digests = digests
    }

    var paths: some Sequence<String> { digests.keys }

    /// A file that the lock does not name is ours when it carries the banner.
    func ownership(of path: String, bytes: [UInt8]) -> Ownership {
        guard let digest = digests[path] else { return Banner.stands(in: bytes) ? .ours : .foreign }
        return SHA256.hex(bytes) == digest ? .ours : .edited
    }

    /// Of a file with secrets the lock has the digest of its masked text, so edits of it cannot be told.
    func ownership(of artifact: Artifact, standing bytes: [UInt8]) -> Ownership {
        if artifact.maskedBytes != nil, digests[artifact.path] != nil { return .ours }
        return ownership(of: artifact.path, bytes: bytes)
    }
}
