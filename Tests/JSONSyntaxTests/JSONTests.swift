import JSONSyntax
import Testing

@Suite struct JSONTests {
    @Test("object literals keep the order of their members")
    func memberOrder() {
        let value: JSON = ["b": 1, "a": [true, "x"]]
        #expect(
            value
                == .object([
                    JSONMember("b", .number(JSONNumber(1))), JSONMember("a", .array([.bool(true), .string("x")])),
                ]))
    }
}
