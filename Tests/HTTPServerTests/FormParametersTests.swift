import HTTPServer
import TestSupport
import Testing

@Suite("forms are decoded strictly")
struct FormParametersTests {
    @Test("random text survives encoding and decoding", arguments: [1, 2, 3, 4])
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let pairs = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                FormParameters.Pair("n" + Self.text(&random), Self.text(&random))
            }
            let encoded = pairs.map { "\(Self.encode($0.name))=\(Self.encode($0.value))" }.joined(separator: "&")
            #expect(try FormParameters(decoding: encoded.utf8).pairs == pairs)
        }
    }

    @Test("random bytes are decoded to text without NUL or refused", arguments: [5, 6])
    func hostile(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("%%%==&&+0fFcC3a9\u{0}\u{7F}".utf8) + [0xC3, 0xFF]
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            guard let form = try? FormParameters(decoding: bytes) else { continue }
            #expect(form.pairs.allSatisfy { !$0.name.isEmpty && !($0.name + $0.value).utf8.contains(0) })
            #expect(bytes.allSatisfy { (0x21...0x7E).contains($0) })
        }
    }

    @Test("a name that repeats is refused when one value is asked for")
    func repeated() throws {
        let form = try FormParameters(decoding: "a=1&b=2&a=1".utf8)
        #expect(throws: FormParameters.Failure.repeated("a")) { try form.value(of: "a") }
        #expect(try form.value(of: "b") == "2")
        #expect(try form.value(of: "c") == nil)
        #expect(form.values(of: "a") == ["1", "1"])
    }

    @Test("more pairs than the limit are refused, and ten thousand quickly")
    func tooMany() {
        let many = Array(repeating: "a=b", count: 10_000).joined(separator: "&")
        #expect(throws: FormParameters.Failure.tooMany) { try FormParameters(decoding: many.utf8) }
        #expect(throws: Never.self) { try FormParameters(decoding: "a&b&c".utf8, limit: 3) }
        #expect(throws: FormParameters.Failure.tooMany) { try FormParameters(decoding: "a&b&c".utf8, limit: 2) }
    }

    @Test("Q33 an empty part is no pair and counts as one, so that sixty-five thousand of them end at the limit")
    func emptyParts() throws {
        let empty = [UInt8](repeating: UInt8(ascii: "&"), count: 65_000)
        #expect(throws: FormParameters.Failure.tooMany) { try FormParameters(decoding: empty) }
        #expect(throws: FormParameters.Failure.tooMany) { try FormParameters(decoding: "&&&a=b".utf8, limit: 3) }
        #expect(try FormParameters(decoding: "&&a=b&".utf8, limit: 3).pairs == [.init("a", "b")])
        #expect(try FormParameters(decoding: "".utf8, limit: 0).pairs.isEmpty)
    }

    @Test("Q33 a form of one long value costs as much for each byte as a short one")
    func linear() throws {
        for piece in ["a", "%41", "+", "=", "%C3%A9"] {
            let body = Array("n=\(String(repeating: piece, count: 65_000 / piece.utf8.count))".utf8)
            let start = ContinuousClock.now
            _ = try FormParameters(decoding: body)
            // A debug build, and a machine that has something else to do; what is quadratic takes minutes.
            #expect(ContinuousClock.now - start < .seconds(2))
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let alphabet: [Character] = ["a", "=", "&", "%", "+", " ", "é", "\n", "\u{1F600}", "\"", "\u{200F}", "0"]
        return String(
            (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) })
    }

    private static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            byte == 0x20 ? "+" : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: byte % 2 == 0)
        }.joined()
    }
}
