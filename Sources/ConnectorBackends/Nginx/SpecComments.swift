import ConfigLanguages
import Diagnostics

/// `connector.yaml:31  MCP transport`, the comment above each block: where it comes from, and why it is there.
struct SpecComments {
    private let sources: SourceMap
    /// File names without folders, so that an output does not tell where it was made.
    private let names: [String]

    init(_ sources: SourceMap) {
        self.sources = sources
        names = sources.files.map { file in
            let path = file.path.utf8
            return path.lastIndex(of: UInt8(ascii: "/")).map { String(file.path[path.index(after: $0)...]) }
                ?? file.path
        }
    }

    func text(_ origins: [Span], _ reason: String) -> String {
        guard let origin = origins.first else { return reason }
        return "\(names[origin.file.index]):\(sources[origin.file].lineIndex(at: origin.start) + 1)  \(reason)"
    }
}
