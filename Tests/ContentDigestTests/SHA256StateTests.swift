import TestSupport
import Testing

@testable import ContentDigest

@Suite struct SHA256StateTests {
    @Test("the processor's instructions and the portable rounds agree, seed 11")
    func agreement() {
        var random = SeededGenerator(seed: 11)
        for count in 1...20 {
            let blocks = (0..<64 * count).map { _ in UInt8.random(in: 0...255, using: &random) }
            var fast = SHA256State()
            // Without such instructions there is nothing to compare.
            guard fast.compressByProcessor(blocks.span) else { return }
            var portable = SHA256State()
            for index in 0..<count { portable.compress(blocks.span, at: 64 * index) }
            #expect(fast.bytes == portable.bytes)
        }
    }
}
