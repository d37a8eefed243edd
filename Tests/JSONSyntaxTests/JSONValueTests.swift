import JSONSyntax
import Testing

@Suite struct JSONValueTests {
    let document: JSON = ["b": 1, "a": [true, "x", .null], "a/b": ["m~n": 7], "": 0]

    @Test("object literals keep the order of their members")
    func memberOrder() {
        let value: JSON = ["b": 1, "a": [true, "x"]]
        #expect(
            value
                == .object([
                    JSONMember("b", .number(JSONNumber(1))), JSONMember("a", .array([.bool(true), .string("x")])),
                ]))
    }

    @Test("subscripts and typed values answer nil for what is not there")
    func access() {
        #expect(document["b"]?.int == 1)
        #expect(document["a"]?[0]?.bool == true)
        #expect(document["a"]?[1]?.string == "x")
        #expect(document["a"]?[2]?.isNull == true)
        #expect(document["a"]?[3] == nil)
        #expect(document["a"]?[-1] == nil)
        #expect(document["c"] == nil)
        #expect(document["b"]?["c"] == nil)
        #expect(document["b"]?.string == nil)
    }

    @Test("a JSON Pointer finds members, elements and escaped names")
    func pointers() {
        #expect(document[pointer: ""] == document)
        #expect(document[pointer: "/a/1"] == "x")
        #expect(document[pointer: "/a~1b/m~0n"] == 7)
        #expect(document[pointer: "/"] == 0)
        #expect(document[pointer: "/a/01"] == nil)
        #expect(document[pointer: "/a/-"] == nil)
        #expect(document[pointer: "a"] == nil)
        #expect(document[pointer: "/a~2b"] == nil)
    }

    @Test("numbers are those of the grammar", arguments: ["0", "-0", "10", "1.5", "-1.25e+10", "1E9", "0e0"])
    func numbers(literal: String) {
        #expect(JSONNumber(literal: literal)?.literal == literal)
    }

    @Test(
        "other spellings are no numbers", arguments: ["", "-", "01", "+1", ".5", "1.", "1e", "1e+", "NaN", "0x1", "1 "])
    func notNumbers(literal: String) {
        #expect(JSONNumber(literal: literal) == nil)
    }
}
