import Diagnostics
import Testing
import YAMLSyntax

@Suite("Anchors, aliases and merge keys work, and spans point at where the value is written")
struct AliasTests {
    private let sample = YAMLSample(
        """
        base: &base
          a: 1
          b: {c: 2}
        other: &other {b: 3, d: 4}
        alias: *base
        merged:
          z: 0
          <<: *base
          a: own
        several:
          <<: [*other, *base, {e: 5}]
        nested:
          <<: {<<: *other, f: 6}
        """)

    @Test("an alias has the span of the anchored value, and its own in `alias`")
    func alias() {
        #expect(sample.codes == [])
        let place = sample.place("alias")
        #expect(sample.cut(place?.node.span) == "a: 1\n  b: {c: 2}")
        #expect(sample.cut(place?.node.alias) == "*base")
        #expect(sample.text(at: "alias.b.c") == "2")
        #expect(sample.place("alias.b")?.node.alias == nil)
    }

    @Test("merged entries stand at the place of the `<<`; what the mapping says itself wins")
    func merge() {
        let entries = sample.place("merged")?.node.entries
        #expect(entries?.map(\.key) == ["z", "b", "a"])
        #expect(sample.value(at: "merged.a") == .string("own"))
        #expect(sample.text(at: "merged.b.c") == "2")
        #expect(sample.cut(sample.place("merged.b")?.entry?.mergedBy) == "<<")
        #expect(sample.place("merged.a")?.entry?.mergedBy == nil)
    }

    @Test("of several merged mappings the first wins")
    func mergeList() {
        #expect(sample.place("several")?.node.entries?.map(\.key) == ["b", "d", "a", "e"])
        #expect(sample.value(at: "several.b") == .int(3))
        #expect(sample.place("nested")?.node.entries?.map(\.key) == ["b", "d", "f"])
    }

    @Test("an alias can be a key, and a quoted `<<` is an ordinary one")
    func keys() {
        let sample = YAMLSample("v: &k name\n*k : x\nq: {\"<<\": y}\n")
        #expect(sample.codes == [])
        #expect(sample.text(at: "name") == "x")
        #expect(sample.key(at: "name") == "*k")
        #expect(sample.text(at: "q.<<") == "y")
    }

    @Test("an anchor that is written again stands for the last value above")
    func redefinition() {
        let sample = YAMLSample("- &a 1\n- *a\n- &a 2\n- *a\n- &a {x: &a 3, y: *a}\n- *a\n")
        #expect(sample.codes == [])
        #expect(sample.value(at: "[1]") == .int(1))
        #expect(sample.value(at: "[3]") == .int(2))
        #expect(sample.value(at: "[4].y") == .int(3))
        #expect(sample.value(at: "[5]") == .int(3))
    }
}
