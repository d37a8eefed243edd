import Diagnostics
import SecretShapes
import WebSyntax
import YAMLSyntax

/// Looks for secrets in the whole of a spec: in every key and value wherever it stands, in comments and in the names of
/// anchors, whether or not the spec could be read.
///
/// The bytes of the file are searched; a value that is written in another form than it has, with escapes or over
/// several lines, is searched once more as what it is.
struct SecretSearch {
    private let bytes: [UInt8]
    private let places: [SecretPlaces.Place]
    /// Of ``places``, those that no key or value holds.
    private var left: Set<Int>
    private var seen: Set<Span> = []
    private var path: [Step] = []
    private(set) var diagnostics: [Diagnostic] = []

    private enum Step {
        case key(String)
        case index(Int)
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        places = SecretPlaces.found(in: bytes)
        left = Set(places.indices)
    }

    /// Everything that is found; `root` is the document, nil when the file is no YAML.
    static func findings(in file: FileID, of sources: SourceMap, root: YAMLNode?) -> [Diagnostic] {
        // What is too large to be read is not searched either, and not quoted.
        guard sources[file].bytes.count <= YAMLLimits.standard.bytes else { return [] }
        var search = SecretSearch(sources[file].bytes)
        if let problem = SecretShape.problem {
            search.diagnostics.append(
                Diagnostic(
                    .brokenCatalogue, .error, "the built-in list of secrets' shapes cannot be read: \(problem)",
                    at: nil))
        }
        if let root { search.look(at: root) }
        for index in search.left.sorted() { search.report(search.places[index], in: file) }
        return search.diagnostics
    }

    private mutating func look(at node: YAMLNode) {
        switch node.content {
        case .scalar(let scalar): look(at: scalar.text, scalar.style, node.span, isKey: false)
        case .sequence(let nodes):
            for (index, node) in nodes.enumerated() {
                path.append(.index(index))
                look(at: node)
                path.removeLast()
            }
        case .mapping(let entries):
            for entry in entries {
                look(at: entry.key, nil, entry.keySpan, isKey: true)
                path.append(.key(entry.key))
                look(at: entry.value)
                path.removeLast()
            }
        }
    }

    private mutating func look(at text: String, _ style: YAMLScalar.Style?, _ span: Span, isKey: Bool) {
        var found: SecretPlaces.Place?
        for index in places(beginningIn: span) {
            left.remove(index)
            found = found ?? places[index]
        }
        if found == nil, !isVerbatim(text, span) { found = SecretPlaces.found(in: Array(text.utf8)).first }
        guard let found, seen.insert(span).inserted else { return }
        let place = SecretPlaces.redacted(displayPath)
        let what = isKey ? "a key of \(place.isEmpty ? "the spec" : "`\(place)`")" : "`\(place)`"
        report(what, found.title, length: text.utf8.count, at: span)
    }

    private var displayPath: String {
        path.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }

    /// The indices of the places that begin in a span.
    private func places(beginningIn span: Span) -> Range<Int> {
        guard !places.isEmpty else { return 0..<0 }
        return lowerBound(span.start)..<lowerBound(span.end)
    }

    /// The index of the first place that begins at an offset or behind it.
    private func lowerBound(_ offset: Int) -> Int {
        var range = places.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if places[middle].range.lowerBound < offset {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }

    /// Whether the file holds the text as it is, so that it has been searched.
    private func isVerbatim(_ text: String, _ span: Span) -> Bool {
        let count = text.utf8.count
        guard span.end <= bytes.count, [0, 2].contains(span.end - span.start - count) else { return false }
        let margin = (span.end - span.start - count) / 2
        return bytes[span.start + margin..<span.end - margin].elementsEqual(text.utf8)
    }

    /// One that no key or value holds: a comment, an anchor, a tag, or a file that is no YAML.
    private mutating func report(_ place: SecretPlaces.Place, in file: FileID) {
        let line = bytes[..<place.range.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let isComment = bytes.indices[line..<place.range.lowerBound].contains { index in
            bytes[index] == .hash && (index == line || bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09)
        }
        report(
            isComment ? "a comment" : "the file", place.title, length: place.range.count,
            at: Span(file, place.range.lowerBound, place.range.upperBound))
    }

    private mutating func report(_ what: String, _ title: String, length: Int, at span: Span) {
        diagnostics.append(
            Diagnostic(
                .secretInSpec, .error, "\(what) holds a secret (\(title)), set (len \(length))",
                at: Label(span, "a literal secret"),
                notes: ["the spec is read, copied and committed; what is in it is no secret any more"],
                help:
                    "replace it where it was issued, and refer to the new one as `{ env: NAME }` or `{ file: PATH }`"))
    }
}
