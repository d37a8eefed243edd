package import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Files that tests compare with what they made. `CONNECTORGEN_UPDATE=1` rewrites them; recording still
/// fails, so that no run that recorded can pass.
package enum Golden {
    /// Compares the file at `path` below the repository with `text`.
    package static func expect(
        _ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let stored = read(path)
        if stored == text { return }
        if getenv("CONNECTORGEN_UPDATE") != nil {
            write(text, to: path)
            Issue.record("recorded \(path)", sourceLocation: sourceLocation)
            return
        }
        Issue.record(
            "\(path) is stale; CONNECTORGEN_UPDATE=1 rewrites it\n\(difference(stored ?? "", text))",
            sourceLocation: sourceLocation)
    }

    /// The text of a file below the repository; nil when there is none.
    package static func read(_ path: String) -> String? {
        guard let file = fopen(Repository.path(path), "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a folder below the repository, sorted.
    package static func names(in path: String) -> [String] {
        guard let folder = opendir(Repository.path(path)) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            // Sound: readdir ends the name with NUL, and the entry lives until the next call.
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    private static func write(_ text: String, to path: String) {
        guard let file = fopen(Repository.path(path), "wb") else { return }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        fwrite(bytes, 1, bytes.count, file)
    }

    /// The lines that differ, up to twenty.
    private static func difference(_ old: String, _ new: String) -> String {
        let oldLines = old.split(separator: "\n", omittingEmptySubsequences: false)
        let newLines = new.split(separator: "\n", omittingEmptySubsequences: false)
        let changes = newLines.difference(from: oldLines).prefix(20)
        return changes.map { change in
            switch change {
            case .remove(_, let line, _): "- \(line)"
            case .insert(_, let line, _): "+ \(line)"
            }
        }.joined(separator: "\n")
    }
}
