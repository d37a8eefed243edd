import Foundation

/// A file that a test compares with what was made. `CONNECTORGEN_UPDATE=1` rewrites it and still fails, so that no run
/// that recorded can pass.
package struct Golden {
    /// Relative to the repository.
    package let path: String
    private let isRecording: Bool

    package init(_ path: String, isRecording: Bool = Recording.isOn) {
        self.path = path
        self.isRecording = isRecording
    }

    /// The kept text; nil when there is none.
    package var text: String? {
        FileManager.default.contents(atPath: Repository.path(path)).map { String(decoding: $0, as: UTF8.self) }
    }

    package struct Mismatch: Error, CustomStringConvertible {
        package let description: String
    }

    /// Throws the difference, when there is one; while recording it always throws.
    package func expect(_ made: String) throws {
        let kept = text
        guard kept != made else {
            if isRecording { throw Mismatch(description: "\(path) is as it was; \(Recording.advice)") }
            return
        }
        let difference = unifiedDiff(kept ?? "", made, path: path)
        guard isRecording else {
            throw Mismatch(description: "\(path) is stale; `make goldens` rewrites it\n\(difference)")
        }
        let url = URL(fileURLWithPath: Repository.path(path))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(made.utf8).write(to: url)
        throw Mismatch(description: "\(path) was rewritten; \(Recording.advice)\n\(difference)")
    }

    /// The names in a folder below the repository, sorted.
    package static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))) ?? []).sorted()
    }
}
