import Foundation

/// A file that a test compares with what was made. `CONNECTORGEN_UPDATE=1` rewrites it and still fails, so that no run
/// that recorded can pass.
package struct Golden {
    /// Relative to the repository.
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The kept text; nil when there is none.
    package var text: String? {
        FileManager.default.contents(atPath: Repository.path(path)).map { String(decoding: $0, as: UTF8.self) }
    }

    package struct Mismatch: Error, CustomStringConvertible {
        package let description: String
    }

    /// Throws the difference, when there is one.
    package func expect(_ made: String) throws {
        let kept = text
        guard kept != made else { return }
        let difference = unifiedDiff(kept ?? "", made, path: path)
        guard ProcessInfo.processInfo.environment["CONNECTORGEN_UPDATE"] == "1" else {
            throw Mismatch(description: "\(path) is stale; `make goldens` rewrites it\n\(difference)")
        }
        let url = URL(fileURLWithPath: Repository.path(path))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(made.utf8).write(to: url)
        throw Mismatch(description: "\(path) was rewritten; look at the difference\n\(difference)")
    }

    /// The names in a folder below the repository, sorted.
    package static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))) ?? []).sorted()
    }
}
