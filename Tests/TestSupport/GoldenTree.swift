import Foundation

/// A folder of expected outputs, compared file by file.
///
/// With `CONNECTORGEN_UPDATE=1` the folder is rewritten and the comparison still fails, so that recording
/// never passes.
package struct GoldenTree {
    /// Relative to the repository.
    package let folder: String
    private let isRecording: Bool

    package init(_ folder: String, isRecording: Bool = Recording.isOn) {
        self.folder = folder
        self.isRecording = isRecording
    }

    /// What differs, as text to print; empty when nothing does.
    package func differences(from files: [(path: String, bytes: [UInt8])]) throws -> [String] {
        let root = Repository.path(folder)
        let kept = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        var found: [String] = []
        var made: Set<String> = []
        for file in files {
            made.insert(file.path)
            let path = root + "/" + file.path
            let text = String(decoding: file.bytes, as: UTF8.self)
            guard let data = FileManager.default.contents(atPath: path) else {
                found.append("\(folder)/\(file.path) is not kept")
                continue
            }
            let difference = unifiedDiff(String(decoding: data, as: UTF8.self), text, path: "\(folder)/\(file.path)")
            if !difference.isEmpty { found.append(difference) }
        }
        let stray = kept.filter { path in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder)
            return exists && !isFolder.boolValue && !made.contains(path)
        }
        found += stray.map { "\(folder)/\($0) is kept and not made any more" }
        guard isRecording else { return found }
        for path in stray { try FileManager.default.removeItem(atPath: root + "/" + path) }
        for file in files {
            let url = URL(fileURLWithPath: root + "/" + file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: url)
        }
        return found + ["\(folder) was rewritten; \(Recording.advice)"]
    }
}
