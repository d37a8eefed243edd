import ContentDigest
import TestSupport
import Testing

@Suite struct SHA256Tests {
    @Test(
        "the vectors of FIPS 180-4 come out",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ])
    func vectors(text: String, digest: String) {
        #expect(SHA256.hex(Array(text.utf8)) == digest)
    }

    @Test("a million letters a come out")
    func million() {
        let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(SHA256.hex(Array(repeating: 0x61, count: 1_000_000)) == digest)
    }

    @Test("pieces of any size give the digest of the whole")
    func pieces() {
        var generator = SeededGenerator(seed: 180)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...400, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            var digest = SHA256()
            var index = 0
            while index < bytes.count {
                let next = min(bytes.count, index + Int.random(in: 0...130, using: &generator))
                digest.update(Array(bytes[index..<next]))
                index = next
            }
            #expect(digest.finalize() == SHA256.hash(bytes))
        }
    }

    @Test(
        "sha256sum agrees for every length from 0 to 300",
        .enabled(if: Tool("sha256sum").isAvailable, "sha256sum is not installed"))
    func sizes() async throws {
        var generator = SeededGenerator(seed: 256)
        let folder = try TemporaryFolder()
        var expected = ""
        for size in 0...300 {
            let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
            try folder.write("\(size)", bytes)
            expected += "\(SHA256.hex(bytes))  \(size)\n"
        }
        let run = try await ChildProcess.run(
            Tool("sha256sum").required(), (0...300).map(String.init), folder: folder.path)
        #expect(run.output == expected)
    }
}
