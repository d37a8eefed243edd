import ConfigLanguages
import TestSupport
import Testing

@Suite("composed text")
struct TextRopeTests {
    @Test("its bytes are those that were appended, in their order", arguments: 1...20 as ClosedRange<UInt64>)
    func bytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let shared = (0..<4).map { length in [UInt8](repeating: UInt8(ascii: "a") + UInt8(length), count: length) }
        func text(_ pieces: Int) -> (TextRope, [UInt8]) {
            var text = TextRope()
            var bytes: [UInt8] = []
            for _ in 0..<pieces {
                let piece = shared.randomElement(using: &generator) ?? []
                bytes += piece
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: text.append(piece)
                case 1: text.append(piece[...])
                case 2: for byte in piece { text.append(byte) }
                default: text.append(shared: piece)
                }
            }
            return (text, bytes)
        }
        var (whole, expected) = text(20)
        let (other, more) = text(20)
        whole.append(other)
        expected += more
        #expect(whole.bytes == expected)
        #expect(whole.count == expected.count)
        #expect(whole.last == expected.last)
        #expect(whole == TextRope(expected))
        #expect(whole.hashValue == TextRope(expected).hashValue)
    }

    @Test("an empty text has no last byte")
    func empty() {
        #expect(TextRope().last == nil)
        #expect(TextRope().count == 0)
        #expect(TextRope().bytes == [])
    }
}
