import Testing
import YAMLSyntax

@Suite("A tree is asked by paths and laid over another")
struct NodeTests {
    @Test(
        "paths are read and written",
        arguments: [
            "connectors.mcp.client_id", "clients[2].id", "[0]", "[0][1].a", "a.\"b.c\"[3]", "\"\".x", "a.\"[\"",
        ])
    func paths(text: String) {
        #expect(YAMLPath(parsing: text)?.description == text)
    }

    @Test(
        "what is no path is refused",
        arguments: ["", ".", "a.", ".a", "a..b", "a[", "a[]", "a[-1]", "a[1]b", "a.\"b", "a[+1]"])
    func noPaths(text: String) {
        #expect(YAMLPath(parsing: text) == nil)
    }

    @Test("a path that leads nowhere finds nothing")
    func nowhere() {
        let sample = YAMLSample("a: [x]\nb: {c: 1}\n")
        for path in ["z", "a[1]", "a.x", "b[0]", "b.c.d"] { #expect(sample.place(path) == nil) }
    }

    @Test("an overlay joins mappings key by key and replaces everything else")
    func overlay() throws {
        let sample = YAMLSample(
            """
            base:
              a: {x: 1, y: [1, 2]}
              b: text
              c: {k: v}
            over:
              a: {y: [3], z: 4}
              c: null
              d: new
            """)
        let base = try #require(sample.place("base")?.node)
        let over = try #require(sample.place("over")?.node)
        let joined = base.overlaid(by: over)
        #expect(joined.entries?.map(\.key) == ["a", "b", "c", "d"])
        #expect(joined.value(forKey: "a")?.entries?.map(\.key) == ["x", "y", "z"])
        #expect(sample.cut(joined.value(forKey: "a")?.value(forKey: "y")?.span) == "[3]")
        #expect(sample.cut(joined.value(forKey: "a")?.value(forKey: "x")?.span) == "1")
        #expect(joined.value(forKey: "c")?.isNull == true)
        #expect(joined.entry(forKey: "c")?.keySpan == over.entry(forKey: "c")?.keySpan)
        #expect(joined.span == base.span)
    }
}
