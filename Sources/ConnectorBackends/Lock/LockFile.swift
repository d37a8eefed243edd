import ContentDigest

/// `connectorgen.lock`: what was generated from what. Drift starts here, and so does the safe removal of
/// outputs that left the spec: only a file whose digest still matches is ours to remove.
package struct LockFile: Hashable, Sendable {
    /// Raised by every change of the format.
    package static let version = 1
    package static let path = "connectorgen.lock"

    package struct Output: Hashable, Sendable {
        package var path: String
        /// Permission bits.
        package var mode: UInt16
        /// 64 hexadecimal digits; of the text with references where secrets stand in the file.
        package var sha256: String
        /// True when `--secrets` wrote values of secrets into the file. No digest of such a file is kept, because a
        /// weak secret could be guessed from it. So edits of the file cannot be told: a build replaces it as long as it
        /// has the banner, and leaves it where it is when it is no longer an output.
        package var holdsSecrets: Bool

        package init(path: String, mode: UInt16, sha256: String, holdsSecrets: Bool = false) {
            self.path = path
            self.mode = mode
            self.sha256 = sha256
            self.holdsSecrets = holdsSecrets
        }
    }

    package var generator: String
    /// Digest of the template set.
    package var templates: String
    package var specName: String
    /// Digest of the spec's bytes.
    package var specDigest: String
    /// Sorted by path.
    package private(set) var outputs: [Output]

    package init(
        generator: String, templates: String, specName: String, specDigest: String, outputs: [Output]
    ) {
        self.generator = generator
        self.templates = templates
        self.specName = specName
        self.specDigest = specDigest
        self.outputs = outputs.sorted { $0.path < $1.path }
    }

    package func output(at path: String) -> Output? { outputs.first { $0.path == path } }

    package mutating func add(_ artifact: Artifact) {
        outputs.append(Output(artifact))
        outputs.sort { $0.path < $1.path }
    }

    /// Takes over what an earlier lock says of the outputs that were not made now.
    package mutating func keep(_ previous: LockFile, where isKept: (String) -> Bool) {
        let own = Set(outputs.map(\.path))
        outputs += previous.outputs.filter { isKept($0.path) && !own.contains($0.path) }
        outputs.sort { $0.path < $1.path }
    }
}

extension LockFile.Output {
    package init(_ artifact: Artifact) {
        self.init(
            path: artifact.path, mode: artifact.mode, sha256: SHA256.hex(artifact.maskedBytes ?? artifact.bytes),
            holdsSecrets: artifact.maskedBytes != nil)
    }
}
