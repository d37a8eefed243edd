import Diagnostics
import Testing
import YAMLSyntax

@Suite("Random trees in random styles are read back, each value at its place")
struct RoundTripTests {
    @Test("seeded trees", arguments: 0..<500 as Range<UInt64>)
    func trees(seed: UInt64) throws {
        var writer = TreeWriter(seed: seed)
        let (text, written) = writer.document()
        let sample = YAMLSample(text)
        #expect(sample.document.diagnostics == [], "\(text)")
        let difference = firstDifference(written, try #require(sample.root, "\(text)"), "")
        #expect(difference == nil, "\(text)")
    }

    private func firstDifference(_ written: WrittenNode, _ read: YAMLNode, _ path: String) -> String? {
        let range = read.span.start..<read.span.end
        if range != written.range { return "\(path): \(range), written at \(written.range)" }
        switch (written.content, read.content) {
        case (.scalar(let text, let style), .scalar(let scalar)):
            return scalar == YAMLScalar(text: text, style: style) ? nil : "\(path): \(scalar), written \(text) \(style)"
        case (.sequence(let items), .sequence(let found)):
            if items.count != found.count { return "\(path): \(found.count) items, written \(items.count)" }
            return zip(items, found).enumerated().lazy.compactMap { index, pair in
                firstDifference(pair.0, pair.1, path + "[\(index)]")
            }.first
        case (.mapping(let entries), .mapping(let found)):
            if entries.map(\.key) != found.map(\.key) { return "\(path): \(found.map(\.key))" }
            return zip(entries, found).lazy.compactMap { entry, found in
                if entry.range != found.keySpan.start..<found.keySpan.end { return "\(path).\(entry.key): key" }
                return firstDifference(entry.value, found.value, path + "." + entry.key)
            }.first
        default: return "\(path): another kind"
        }
    }
}
