import ConnectorBackends
import ContentDigest

/// What the lock of the last build says is ours: paths, and the digest each was left with.
struct LockedOutputs: Sendable {
    enum Ownership: Sendable {
        /// As a build left it.
        case ours
        /// A build wrote it, somebody changed it.
        case edited
        /// A build wrote it with values of secrets, so whether somebody changed it cannot be told.
        case secret
        /// No build wrote it.
        case foreign
    }

    /// By path.
    private let outputs: [String: LockFile.Output]

    init(_ lock: LockFile?) {
        outputs = Dictionary((lock?.outputs ?? []).map { ($0.path, $0) }) { _, last in last }
    }

    var paths: some Sequence<String> { outputs.keys }

    /// A file that the lock does not name is ours when it carries the banner.
    func ownership(of path: String, bytes: [UInt8]) -> Ownership {
        guard let output = outputs[path] else { return HeaderDetector.stands(in: bytes) ? .ours : .foreign }
        if SHA256.hex(bytes) == output.sha256 { return .ours }
        return output.holdsSecrets && HeaderDetector.stands(in: bytes) ? .secret : .edited
    }
}
