import TestSupport
import Testing

@Suite("a run that records never passes")
struct RecordingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("kept/page.md", "old\n")
    }

    @Test("a kept file is rewritten and fails, and fails again though nothing differs")
    func file() throws {
        let recording = Golden(folder.file("kept/page.md"), isRecording: true)
        #expect(throws: Golden.Mismatch.self) { try recording.expect("new\n") }
        #expect(try folder.read("kept/page.md") == "new\n")
        #expect(throws: Golden.Mismatch.self) { try recording.expect("new\n") }
        try Golden(folder.file("kept/page.md"), isRecording: false).expect("new\n")
    }

    @Test("without recording a stale file fails and stays")
    func staleFile() throws {
        let golden = Golden(folder.file("kept/page.md"), isRecording: false)
        #expect(throws: Golden.Mismatch.self) { try golden.expect("new\n") }
        #expect(try folder.read("kept/page.md") == "old\n")
    }

    @Test("a kept folder is rewritten and fails, and fails again though nothing differs")
    func tree() throws {
        let files = [(path: "a/b.conf", bytes: Array("new\n".utf8))]
        let recording = GoldenTree(folder.file("kept"), isRecording: true)
        #expect(try recording.differences(from: files).count == 3)
        #expect(try folder.read("kept/a/b.conf") == "new\n")
        #expect(try recording.differences(from: files).count == 1)
        #expect(try GoldenTree(folder.file("kept"), isRecording: false).differences(from: files) == [])
    }

    @Test("without recording a stale folder differs and stays")
    func staleTree() throws {
        let compared = GoldenTree(folder.file("kept"), isRecording: false)
        #expect(try compared.differences(from: []) == ["\(folder.file("kept"))/page.md is kept and not made any more"])
        #expect(try folder.read("kept/page.md") == "old\n")
    }
}
