import ConnectorCLI
import Foundation
import TestSupport
import Testing

@Suite("a file of others is replaced whole, or left as it is")
struct FileReplacementTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("mode and symbolic link stay, and nothing is left beside it")
    func kept() throws {
        let path = try folder.write("real.env", "A=1\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try FileManager.default.createSymbolicLink(atPath: folder.file("link.env"), withDestinationPath: "real.env")
        let replacement = try FileReplacement(
            folder.file("link.env"), of: Array("A=1\n".utf8), with: Array("A=2\n".utf8))
        try replacement.perform()
        #expect(try folder.read("real.env") == "A=2\n")
        #expect(try folder.read("link.env") == "A=2\n")
        #expect(try mode(path) == 0o640)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link.env")) == "real.env")
        #expect(try names() == ["link.env", "real.env"])
    }

    @Test("a file that is not what was read is refused, before and at the last moment")
    func changed() throws {
        let path = try folder.write("a.env", "A=1\n")
        #expect(throws: FileError.self) {
            try FileReplacement(path, of: Array("A=0\n".utf8), with: Array("A=2\n".utf8))
        }
        let replacement = try FileReplacement(path, of: Array("A=1\n".utf8), with: Array("A=2\n".utf8))
        try folder.write("a.env", "A=3\n")
        #expect(throws: FileError.self) { try replacement.perform() }
        #expect(try folder.read("a.env") == "A=3\n")
        #expect(try names() == ["a.env"])
    }

    @Test("what is there under the same name but is another file is refused")
    func replaced() throws {
        let path = try folder.write("a.env", "A=1\n")
        let replacement = try FileReplacement(path, of: Array("A=1\n".utf8), with: Array("A=2\n".utf8))
        try FileManager.default.removeItem(atPath: path)
        try folder.write("a.env", "A=1\n")
        #expect(throws: FileError.self) { try replacement.perform() }
        #expect(try folder.read("a.env") == "A=1\n")
    }
}
