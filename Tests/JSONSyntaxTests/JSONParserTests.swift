import JSONSyntax
import TestSupport
import Testing

@Suite struct JSONParserTests {
    @Test("every kind of value is read, with space wherever it may stand")
    func kinds() throws {
        let text = " { \"a\" : [ 1 , -2.5e3 , true , false , null ] ,\r\n\t\"b\" : { } , \"c\" : [ ] , \"d\" : \"\" } "
        let value = try JSON.parse(Array(text.utf8))
        #expect(value["a"]?.array?.count == 5)
        #expect(value["a"]?[1] == JSONNumber(literal: "-2.5e3").map(JSON.number))
        #expect(value["b"] == .object([]))
        #expect(value["c"] == .array([]))
        #expect(value["d"] == "")
    }

    @Test("escapes stand for what RFC 8259 says, pairs of surrogates included")
    func escapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\uDE00 é€😀""#
        #expect(try JSON.parse(Array(text.utf8)) == "\"\\/\u{8}\u{c}\n\r\tAé😀 é€😀")
    }

    @Test(
        "what is not JSON is refused at its first wrong byte",
        arguments: [
            ("", 0, "expected a value, found the end of the text"),
            ("  ", 2, "expected a value, found the end of the text"),
            ("tru", 0, "expected a value"),
            ("{", 1, "expected a member name in double quotes, found the end of the text"),
            ("{\"a\"}", 4, "expected `:` after the member name"),
            ("{\"a\":1,}", 6, "a comma before the closing bracket"),
            ("{'a':1}", 1, "expected a member name in double quotes"),
            ("[1,]", 2, "a comma before the closing bracket"),
            ("[,1]", 1, "expected a value"),
            ("[1 2]", 3, "expected `,` or `]`"),
            ("{\"a\":1 \"b\":2}", 7, "expected `,` or `}`"),
            ("1 2", 2, "expected nothing after the value"),
            ("null,", 4, "expected nothing after the value"),
            ("01", 1, "a number must not begin with a zero"),
            ("-", 1, "expected a digit, found the end of the text"),
            ("1.e3", 2, "expected a digit after the decimal point"),
            ("1e+", 3, "expected a digit in the exponent, found the end of the text"),
            ("\"a", 2, "expected a closing quote, found the end of the text"),
            ("\"a\nb\"", 2, "a control character in a string; escape it"),
            ("\"\\x\"", 1, "unknown escape in a string"),
            ("\"\\", 1, "unknown escape in a string"),
            ("\"\\u12g4\"", 5, "expected four hexadecimal digits"),
            ("\"\\ud800\"", 1, "a surrogate without its other half"),
            ("\"\\udc00\\ud800\"", 1, "a surrogate without its other half"),
            ("\"\\ud800\\u0041\"", 1, "a surrogate without its other half"),
            ("\u{FEFF}1", 0, "the text begins with a byte order mark; remove it"),
            ("// no\n1", 0, "expected a value"),
            ("NaN", 0, "expected a value"),
        ])
    func refused(text: String, offset: Int, message: String) {
        #expect(throws: JSONError(offset: offset, message: message)) { try JSON.parse(Array(text.utf8)) }
        #expect(throws: JSONError(offset: offset, message: message)) { try JSONNode.parse(Array(text.utf8)) }
    }

    @Test(
        "malformed UTF-8 is refused at its first byte",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]])
    func malformed(bytes: [UInt8]) {
        #expect(throws: JSONError(offset: 2, message: "malformed UTF-8")) {
            try JSON.parse([0x22, 0x61] + bytes + [0x22])
        }
    }

    @Test("two members of one name are refused with both places, in small and in large objects")
    func duplicates() {
        let small = #"{"a": 1, "b": 2, "\u0061": 3}"#
        let error = JSONError(offset: 17, message: "two members of one name", earlierOffset: 1)
        #expect(throws: error) { try JSON.parse(Array(small.utf8)) }
        #expect(error.description == "byte 17: two members of one name, first at byte 1")

        let names = (0..<500).map { "\"n\($0)\":0" }
        let large = "{" + names.joined(separator: ",") + ",\"n3\":0}"
        #expect(throws: JSONError(offset: large.utf8.count - 7, message: "two members of one name", earlierOffset: 22))
        {
            try JSON.parse(Array(large.utf8))
        }
    }

    @Test("nesting is taken up to the limit and not beyond")
    func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
        }
        _ = try JSON.parse(nested(64))
        #expect(throws: JSONError(offset: 64, message: "nested deeper than 64 levels")) { try JSON.parse(nested(65)) }
        #expect(throws: JSONError(offset: 64, message: "nested deeper than 64 levels")) {
            try JSON.parse(Array(repeating: UInt8(ascii: "["), count: 1_000_000))
        }
        #expect(throws: JSONError(offset: 2, message: "nested deeper than 2 levels")) {
            try JSON.parse(nested(3), limits: JSONLimits(depth: 2))
        }
    }

    @Test("a text over the size limit is refused")
    func size() {
        #expect(throws: JSONError(offset: 3, message: "the text is longer than 3 bytes")) {
            try JSON.parse(Array("1234".utf8), limits: JSONLimits(bytes: 3))
        }
    }

    @Test("nodes know the bytes of values and of names")
    func places() throws {
        let text = #"{"a": [10, "ü"], "b\n": null}"#
        let bytes = Array(text.utf8)
        let node = try JSONNode.parse(bytes)
        func written(_ range: Range<Int>?) -> String? { range.map { String(decoding: bytes[$0], as: UTF8.self) } }
        #expect(written(node.range) == text)
        #expect(written(node["a"]?.range) == #"[10, "ü"]"#)
        #expect(written(node[pointer: "/a/1"]?.range) == #""ü""#)
        #expect(written(node.member("b\n")?.nameRange) == #""b\n""#)
        #expect(written(node["b\n"]?.range) == "null")
        #expect(try node.json == JSON.parse(bytes))
    }
}
