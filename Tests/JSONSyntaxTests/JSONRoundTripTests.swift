import JSONSyntax
import TestSupport
import Testing

@Suite struct JSONRoundTripTests {
    @Test("the compact layout has no space and the pretty one has two a level")
    func layouts() {
        let value: JSON = ["a": [1, .object([])], "b": ["c": .array([])], "d": "x"]
        #expect(String(decoding: value.encoded(.compact), as: UTF8.self) == #"{"a":[1,{}],"b":{"c":[]},"d":"x"}"#)
        #expect(
            String(decoding: value.encoded(.pretty, finalNewline: true), as: UTF8.self) == """
                {
                  "a": [
                    1,
                    {}
                  ],
                  "b": {
                    "c": []
                  },
                  "d": "x"
                }

                """)
    }

    @Test("strings are escaped where they must be and nowhere else")
    func escapes() {
        let value: JSON = "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f}\"\\/\u{7f}é\u{2028}😀"
        #expect(
            String(decoding: value.encoded(.compact), as: UTF8.self)
                == "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u{7f}é\u{2028}😀\"")
    }

    @Test("what is printed is read back as the same value", arguments: [1, 2, 3, 4] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let value = arbitraryValue(depth: 5, &generator)
            for layout in [JSON.Layout.compact, .pretty] {
                let bytes = value.encoded(layout)
                #expect(try JSON.parse(bytes) == value)
                #expect(try JSON.parse(bytes).encoded(layout) == bytes)
                #expect(try JSONNode.parse(bytes).json == value)
            }
        }
    }

    @Test("a broken text gives an error inside the text or a value, never a crash", arguments: [5, 6] as [UInt64])
    func mutations(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            var bytes = arbitraryValue(depth: 3, &generator).encoded(.compact)
            for _ in 0...Int.random(in: 0...2, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            do throws(JSONError) {
                let value = try JSON.parse(bytes)
                #expect((try? JSON.parse(value.encoded(.compact))) == value)
            } catch {
                #expect((0...bytes.count).contains(error.offset))
            }
        }
    }

    private func arbitraryValue(depth: Int, _ generator: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(JSONNumber(Int.random(in: Int.min...Int.max, using: &generator)))
        case 3, 4: return .string(arbitraryText(&generator))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in arbitraryValue(depth: depth - 1, &generator) }
            )
        default:
            let count = Int.random(in: 0...20, using: &generator)
            return .object(
                (0..<count).map {
                    JSONMember("\($0)" + arbitraryText(&generator), arbitraryValue(depth: depth - 2, &generator))
                })
        }
    }

    private func arbitraryText(_ generator: inout SeededGenerator) -> String {
        let pieces = [
            "a", "\"", "\\", "/", "\u{0}", "\n", "\r\n", "\u{1f}", "\u{7f}", "é", "e\u{301}", "漢", "\u{2028}", "😀",
            "\u{202e}", "$", "\u{FEFF}",
        ]
        return (0..<Int.random(in: 0...6, using: &generator))
            .map { _ in pieces[Int.random(in: pieces.indices, using: &generator)] }.joined()
    }
}

@Suite("the printer says which lines tagged values got")
struct JSONTaggedLinesTests {
    @Test("a line carries the tag of the innermost value on it; tags change no byte")
    func nested() {
        let tagged: JSON = .object([
            JSONMember("free", 1),
            JSONMember(
                "list",
                .tagged(0, .array([.tagged(1, .object([JSONMember("a", 1), JSONMember("b", .tagged(2, 2))])), 3, 4]))),
            JSONMember("empty", .tagged(3, [])), JSONMember("last", .tagged(3, "x")),
        ])
        let plain: JSON = ["free": 1, "list": [["a": 1, "b": 2], 3, 4], "empty": [], "last": "x"]
        let printed = tagged.printed()
        #expect(printed.bytes == plain.encoded(.pretty, finalNewline: true))
        let lines = printed.taggedLines.map { "\($0.tag) \($0.lines.lowerBound)-\($0.lines.upperBound)" }
        // 1 {, 2 free, 3 list, 4 {, 5 a, 6 b, 7 }, 8 3, 9 4, 10 ], 11 empty, 12 last
        #expect(lines == ["0 3-3", "1 4-5", "2 6-6", "1 7-7", "0 8-10", "3 11-11", "3 12-12"])
        #expect(tagged.encoded(.compact) == plain.encoded(.compact))
    }
}
