import ConnectorBackends
import Diagnostics

/// Which outputs the lines of an output include: nginx reads the snippets as if they stood in the location.
struct Includes {
    /// An output, and the lines of the spec that its lines came from, in their order.
    struct File {
        let path: String
        let specLines: [Int]
    }

    private let map: ProvenanceMap
    private let root: String

    /// `root` is the output directory, and `map` what stands in it.
    init(in map: ProvenanceMap, below root: String) {
        self.map = map
        self.root = root
    }

    /// The outputs that a line includes, and those that they include, each once.
    func named(byLine line: Int, of output: SourceFile) throws(FileError) -> [File] {
        var found: [String] = []
        var waiting = paths(in: [Self.text(of: line, in: output)])
        while let path = waiting.popLast() {
            guard !found.contains(path) else { continue }
            found.append(path)
            let file = SourceFile(path: path, bytes: try OpenFile.reading("\(root)/\(path)").readAll())
            waiting += paths(in: file.lineStarts.indices.map { Self.text(of: $0 + 1, in: file) })
        }
        return found.map { path in
            let numbers = map.entries.filter { $0.path == path }.flatMap(\.specLines)
            return File(path: path, specLines: Set(numbers).sorted())
        }
    }

    /// The include folder is named differently on each machine, so that the end of the path tells.
    private func paths(in lines: [String]) -> [String] {
        let targets = lines.compactMap { line -> Substring? in
            let words = line.split(separator: " ")
            guard words.count == 2, words[0] == "include", words[1].hasSuffix(";") else { return nil }
            return words[1].dropLast()
        }
        guard !targets.isEmpty else { return [] }
        var known: Set<String> = []
        let outputs = map.entries.map(\.path).filter { $0.hasPrefix("nginx/") && known.insert($0).inserted }
        return targets.compactMap { target in outputs.first { target.hasSuffix($0.dropFirst("nginx".count)) } }
    }

    private static func text(of line: Int, in file: SourceFile) -> String {
        String(decoding: file.bytes[file.lineRange(line - 1)], as: UTF8.self)
    }
}
