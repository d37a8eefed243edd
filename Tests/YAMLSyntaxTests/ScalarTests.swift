import Diagnostics
import Testing
import YAMLSyntax

@Suite("Scalars mean what the core schema of YAML 1.2 says")
struct ScalarTests {
    @Test(
        "plain scalars",
        arguments: [
            ("", YAMLValue.null), ("~", .null), ("null", .null), ("Null", .null), ("nULL", .string("nULL")),
            ("true", .bool(true)), ("FALSE", .bool(false)), ("tRue", .string("tRue")),
            ("0", .int(0)), ("-0", .int(0)), ("+12", .int(12)), ("0x1F", .int(31)), ("0o17", .int(15)),
            ("-0x1", .string("-0x1")), ("0x", .string("0x")), ("0x-1", .string("0x-1")), ("0o8", .string("0o8")),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .string("9223372036854775808")),
            ("1.0", .float(1)), ("1.", .float(1)), (".5", .float(0.5)), ("-1e3", .float(-1000)), ("1e", .string("1e")),
            ("+.inf", .float(.infinity)), ("-.INF", .float(-.infinity)), (".", .string(".")), ("-", .string("-")),
            ("1.2.3", .string("1.2.3")), ("1_000", .string("1_000")), ("0b1", .string("0b1")),
            ("2027-03-31", .string("2027-03-31")), ("12:30:45", .string("12:30:45")), ("nan", .string("nan")),
            ("infinity", .string("infinity")), ("0x1p3", .string("0x1p3")),
        ])
    func plain(text: String, expected: YAMLValue) {
        #expect(YAMLScalar(text: text, style: .plain).resolved == expected)
        #expect(YAMLScalar(text: text, style: .doubleQuoted).resolved == .string(text))
    }

    @Test("`.nan` is a number")
    func notANumber() {
        guard case .float(let value) = YAMLScalar(text: ".nan", style: .plain).resolved else {
            Issue.record("expected a number")
            return
        }
        #expect(value.isNaN)
    }

    @Test(
        "look-alikes of YAML 1.1 are text, with a warning that quotes them",
        arguments: ["yes", "No", "ON", "off", "007", "0755", "-010", "08"])
    func lookAlikes(text: String) {
        let sample = YAMLSample("list:\n  - \(text) # why\n")
        #expect(sample.value(at: "list[0]") == .string(text))
        let warning = sample.document.diagnostics.first
        #expect(sample.document.diagnostics.count == 1)
        #expect(warning?.severity == .warning)
        #expect(warning?.message.hasPrefix("`list[0]`: `\(text)` ") == true)
        #expect(sample.cut(warning?.primary?.span) == text)
        #expect(warning?.fixes.first?.edits == warning?.primary.map { [TextEdit($0.span, "\"\(text)\"")] })
    }

    @Test("keys, quoted values, tagged values and other words are not warned of")
    func noLookAlikes() {
        #expect(YAMLSample("on: 'yes'\nno: \"010\"\n01: !!str off\ny: n\nyEs: Yess\nzero: 0\n").codes == [])
    }

    @Test("tags of the core schema hold for quoted values too")
    func tags() {
        let sample = YAMLSample("a: !!int '12'\nb: ! 12\nc: !!str\nd: !!float 1\ne: !!null ''\nf: !!bool \"true\"\n")
        #expect(sample.codes == [])
        #expect(sample.value(at: "a") == .int(12))
        #expect(sample.value(at: "b") == .string("12"))
        #expect(sample.value(at: "c") == .string(""))
        #expect(sample.place("e")?.node.isNull == true)
        #expect(sample.value(at: "f") == .bool(true))
    }

    @Test("a NUL that double quotes express is kept")
    func escapedNUL() {
        #expect(YAMLSample("a: \"x\\0y\"").value(at: "a") == .string("x\u{0}y"))
    }
}
