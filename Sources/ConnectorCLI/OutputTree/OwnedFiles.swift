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

    /// SHA-256 by path; nil for a file with secrets, of which no digest is kept.
    private let digests: [String: String?]

    init(_ digests: [String: String?] = [:]) {
        self.digests = digests
    }

    var paths: some Sequence<String> & Sendable { digests.keys }

    /// A file that the lock does not name is ours when it carries the banner.
    func ownership(of path: String, bytes: [UInt8]) -> Ownership {
        guard let entry = digests[path] else { return Banner.stands(in: bytes) ? .ours : .foreign }
        guard let digest = entry else { return .ours }
        return SHA256.hex(bytes) == digest ? .ours : .edited
    }
}
