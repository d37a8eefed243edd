/// A half-open range of bytes in one file of a ``SourceMap``.
///
/// Twelve bytes: a plan of 10,000 connectors holds some two million of them. No file that is read comes near 2 GiB.
package struct Span: Hashable, Sendable {
    package let file: FileID
    private let lower: Int32
    private let upper: Int32

    package var start: Int { Int(lower) }
    package var end: Int { Int(upper) }

    package init(_ file: FileID, _ start: Int, _ end: Int) {
        self.file = file
        lower = Int32(clamping: start)
        upper = Int32(clamping: max(start, end))
    }

    package var isEmpty: Bool { lower == upper }

    /// True when `other` lies within this span, in the same file.
    package func contains(_ other: Span) -> Bool {
        file == other.file && start <= other.start && other.end <= end
    }
}

/// The place of a file in a ``SourceMap``.
package struct FileID: Hashable, Comparable, Sendable {
    private let place: Int32

    package var index: Int { Int(place) }

    package init(_ index: Int) {
        place = Int32(clamping: index)
    }

    package static func < (left: FileID, right: FileID) -> Bool { left.place < right.place }
}

/// All files that the diagnostics of one run point into, in the order they were read.
package struct SourceMap: Sendable {
    package private(set) var files: [SourceFile] = []

    package init() {}

    package mutating func add(_ file: SourceFile) -> FileID {
        files.append(file)
        return FileID(files.count - 1)
    }

    /// The same files, some with other bytes.
    package func replacing(_ contents: [FileID: [UInt8]]) -> SourceMap {
        var changed = self
        for (id, bytes) in contents where files.indices.contains(id.index) {
            changed.files[id.index] = SourceFile(path: files[id.index].path, bytes: bytes)
        }
        return changed
    }

    package subscript(id: FileID) -> SourceFile { files[id.index] }

    /// The text that a span covers; malformed UTF-8 is repaired.
    package func text(of span: Span) -> String {
        let bytes = self[span.file].bytes
        return String(decoding: bytes[min(span.start, bytes.count)..<min(span.end, bytes.count)], as: UTF8.self)
    }

    /// `path:line:column` of the start of a span.
    package func location(of span: Span) -> String {
        let position = self[span.file].position(at: span.start)
        return "\(self[span.file].path):\(position.line):\(position.column)"
    }
}
