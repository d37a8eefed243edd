import Diagnostics

/// The documents of a stream of YAML (YAML 1.2 §9.2), each as a source in which everything else is blank, so that
/// places stay what they are in the file.
enum YAMLStream {
    static func documents(of source: SourceFile) -> [SourceFile] {
        let markers = source.lineStarts.indices.filter { isMarker(source.bytes[source.lineRange($0)]) }
        guard markers.contains(where: { $0 > 0 }) || markers.count > 1 else { return [source] }
        let starts = [0] + markers.map { source.lineRange($0).upperBound }
        let ends = markers.map { source.lineStarts[$0] } + [source.bytes.count]
        return zip(starts, ends).compactMap { start, end in
            guard start < end, source.bytes[start..<end].contains(where: { $0 > 0x20 }) else { return nil }
            var bytes = [UInt8](repeating: 0x20, count: end)
            for index in 0..<end where index >= start || source.bytes[index] == 0x0A {
                bytes[index] = source.bytes[index]
            }
            return SourceFile(path: source.path, bytes: bytes)
        }
    }

    /// `---` or `...` at the beginning of a line, alone or with a comment behind it.
    private static func isMarker(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "---".utf8) || line.starts(with: "...".utf8) else { return false }
        let rest = line.dropFirst(3)
        return rest.isEmpty || rest.first == 0x20 && (rest.first { $0 > 0x20 }.map { $0 == UInt8(ascii: "#") } ?? true)
    }
}
