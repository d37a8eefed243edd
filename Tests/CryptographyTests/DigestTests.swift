import Cryptography
import Testing

@Suite("digests, codes and random bytes")
struct DigestTests {
    @Test(
        "SHA-256 answers the examples of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func sha256(text: String, digest: String) throws {
        #expect(try Digest.sha256(text) == bytes(hex: digest))
    }

    @Test("SHA-256 is the same on many threads at once")
    func threads() async throws {
        let expected = try Digest.sha256("abc")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 { group.addTask { try (0..<100).allSatisfy { _ in try Digest.sha256("abc") == expected } } }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test(
        "HMAC-SHA256 answers the examples of RFC 4231",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func hmac(key: [UInt8], message: String, code: String) throws {
        #expect(try Digest.hmacSHA256(Array(message.utf8), key: Secret(key)) == bytes(hex: code))
    }

    @Test("equality sees every bit and every length")
    func equality() {
        let left = [UInt8](0..<32)
        #expect(Digest.isEqual(left, left))
        #expect(Digest.isEqual([], []))
        #expect(!Digest.isEqual(left, Array(left.dropLast())))
        for index in left.indices {
            var right = left
            right[index] ^= 1
            #expect(!Digest.isEqual(left, right))
        }
    }

    @Test("random bytes have their length and do not repeat")
    func random() throws {
        let source = SystemRandom()
        #expect(try source.bytes(0) == [])
        let values = try (0..<1000).map { _ in try source.bytes(32) }
        #expect(values.allSatisfy { $0.count == 32 })
        #expect(Set(values).count == 1000)
    }

    @Test("a secret is never described")
    func secret() {
        let secret = Secret("hunter2-hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])", "\(Optional(secret) as Any)"] {
            #expect(!text.contains("hunter2") && !text.contains("104"))
        }
        #expect(secret == Secret("hunter2-hunter2"))
        #expect(secret != Secret("hunter2-hunter3"))
    }
}
