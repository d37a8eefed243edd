import Diagnostics
import TestSupport
import Testing
import YAMLSyntax

@Suite("No file can exhaust time, memory or the stack")
struct LimitTests {
    @Test(
        "a hundred thousand levels are refused at the sixty-fifth",
        arguments: ["[", "{a: ", "- ", "? ", "[{a: ", "!!seq [", "&a [", "[? "])
    func nesting(opening: String) {
        let clock = ContinuousClock()
        let start = clock.now
        let sample = YAMLSample(String(repeating: opening, count: 100_000))
        #expect(sample.codes.last == "yaml-too-deep")
        #expect(sample.root == nil)
        // Measured in thousandths of a second; libyaml alone takes seventeen seconds for some of these.
        #expect(start.duration(to: clock.now) < .seconds(5))
    }

    @Test("sixty-four levels are read, one more is not")
    func depth() {
        let open = String(repeating: "[", count: 64)
        let close = String(repeating: "]", count: 64)
        #expect(YAMLSample(open + close).codes == [])
        #expect(YAMLSample("[" + open + close + "]").findings == ["yaml-too-deep@1:65 ["])
    }

    @Test("a file over sixteen MiB is not looked into")
    func size() {
        let sample = YAMLSample(bytes: Array(repeating: 0xFF, count: 17 << 20))
        #expect(sample.codes == ["yaml-too-large"])
    }

    @Test("a billion laughs are refused, nested or wide, as lists, mappings and merges")
    func bombs() {
        let lists = (1...30).map {
            "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]"
        }
        #expect(YAMLSample("a0: &a0 lol\n" + lists.joined(separator: "\n")).codes == ["yaml-alias-expansion"])
        let merges = (1...30).map { "a\($0): &a\($0) {<<: *a\($0 - 1), x: *a\($0 - 1), y: *a\($0 - 1)}" }
        #expect(YAMLSample("a0: &a0 {k: v}\n" + merges.joined(separator: "\n")).codes == ["yaml-alias-expansion"])
        let wide = "a: &a [\(Array(repeating: "x", count: 2000).joined(separator: ","))]\nb:\n"
        let many = String(repeating: "- *a\n", count: 2000)
        #expect(YAMLSample(wide + many).codes == ["yaml-alias-expansion"])
    }

    @Test("aliases cannot nest deeper than brackets could")
    func aliasChain() {
        let chain = (1...100).map { "- &a\($0) [*a\($0 - 1)]" }
        #expect(YAMLSample("- &a0 x\n" + chain.joined(separator: "\n")).codes == ["yaml-too-deep"])
    }

    @Test("a large file may use a small anchor as often as it has values")
    func honestAliases() {
        let blocks = (0..<10_000).map { "c\($0):\n  limits: *limits\n  name: n\($0)" }
        let text = "limits: &limits {a: 1, b: 2, c: 3, d: 4, e: [1, 2, 3]}\n" + blocks.joined(separator: "\n")
        #expect(YAMLSample(text).codes == [])
    }

    @Test("values are counted")
    func values() {
        let limits = YAMLLimits(nodes: 100)
        #expect(YAMLSample(String(repeating: "- x\n", count: 99), limits: limits).codes == [])
        #expect(YAMLSample(String(repeating: "- x\n", count: 100), limits: limits).codes == ["yaml-too-many-values"])
    }

    @Test(
        "mutilated files end in a value or an error, and all spans lie within them", arguments: 0..<300 as Range<UInt64>
    )
    func mutilated(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var tree = TreeWriter(seed: seed)
        var bytes = Array(tree.document().text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2:
                bytes.insert(Array("[]{}:-?*&!|>'\"#\t\n %@`,~<".utf8).randomElement(using: &random) ?? 0, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        let sample = YAMLSample(bytes: bytes)
        #expect(sample.root != nil || sample.document.diagnostics.hasErrors)
        let spans = sample.document.diagnostics.flatMap { diagnostic in
            ([diagnostic.primary].compactMap(\.self) + diagnostic.secondary).map(\.span)
        }
        #expect((spans + allSpans(sample.root)).allSatisfy { 0 <= $0.start && $0.end <= bytes.count })
    }

    private func allSpans(_ node: YAMLNode?) -> [Span] {
        guard let node else { return [] }
        let within =
            (node.items ?? []).flatMap(allSpans) + (node.entries ?? []).flatMap { [$0.keySpan] + allSpans($0.value) }
        return [node.span] + (node.alias.map { [$0] } ?? []) + within
    }
}
