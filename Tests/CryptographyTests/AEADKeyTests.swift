import Cryptography
import Testing

@Suite("sealed bytes open with their key and context alone")
struct AEADKeyTests {
    struct FixedRandom: RandomSource {
        let value: [UInt8]
        func bytes(_ count: Int) -> [UInt8] { value }
    }

    @Test("test case 16 of the GCM specification")
    func vector() throws {
        let key = try #require(
            AEADKey(Secret(bytes(hex: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))))
        let nonce = bytes(hex: "cafebabefacedbaddecaf888")
        let plaintext = bytes(
            hex: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
        let sealed = try key.seal(
            plaintext, context: bytes(hex: "feedfacedeadbeeffeedfacedeadbeefabaddad2"),
            random: FixedRandom(value: nonce))
        #expect(
            sealed == nonce
                + bytes(
                    hex: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                        + "76fc6ece0f4e1768cddf8853bb2d551b"))
    }

    @Test("every changed bit, another context, another key and a cut are refused", arguments: [0, 1, 40])
    func tampering(length: Int) throws {
        let key = try #require(AEADKey(Secret([UInt8](repeating: 7, count: 32))))
        let plaintext = [UInt8](repeating: 0x61, count: length)
        let sealed = try key.seal(plaintext, context: [1, 2])
        #expect(try key.open(sealed, context: [1, 2]) == plaintext)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 0x80
            #expect(try key.open(changed, context: [1, 2]) == nil)
        }
        #expect(try key.open(sealed, context: [1]) == nil)
        #expect(try key.open(sealed, context: []) == nil)
        for cut in 0..<sealed.count { #expect(try key.open(Array(sealed.prefix(cut)), context: [1, 2]) == nil) }
        let other = try #require(AEADKey(Secret([UInt8](repeating: 8, count: 32))))
        #expect(try other.open(sealed, context: [1, 2]) == nil)
    }

    @Test("keys of another length and generators that give too little are refused")
    func lengths() throws {
        #expect(AEADKey(Secret([UInt8](repeating: 1, count: 31))) == nil)
        let key = try #require(AEADKey(Secret([UInt8](repeating: 1, count: 32))))
        #expect(throws: CryptographyError.self) { try key.seal([], context: [], random: FixedRandom(value: [1])) }
    }
}
