import Foundation
import TestSupport
import Testing

/// The layers of the server: what stands on what inside the one target `AuthServer`, by the types that files declare
/// and name.
@Suite("the server keeps its layers")
struct LayerTests {
    /// Lowest first; folders of one line are of one layer. What is in no folder is the program, above all of them.
    private static let layers = [
        ["Common", "Pages"], ["Services", "Configuration"], ["Endpoints"], ["Listeners"],
        ["Start", "Lifecycle", "Operator", "HashPassword", program],
    ]
    private static let program = "AuthServer"
    private static let root = "Sources/AuthServer/"

    private struct File {
        let path: String
        /// Below ``root``, with its subfolders.
        let folder: String
        /// Without comments.
        let code: [String]

        var layer: Int? {
            layers.firstIndex { $0.contains(String(folder.prefix { $0 != "/" })) }
        }

        /// The words of a line, each once.
        static func words(_ line: String) -> Set<Substring> {
            Set(line.split { !$0.isLetter && !$0.isNumber && $0 != "_" })
        }
    }

    private func files() throws -> [File] {
        try PackageManifest.swiftFiles(under: "Sources/AuthServer").map { path in
            let parts = path.dropFirst(Self.root.count).split(separator: "/").dropLast()
            let text = try String(contentsOfFile: Repository.path(path), encoding: .utf8)
            let code = text.split(separator: "\n").map { line in
                String(line.prefix(upTo: line.range(of: "//")?.lowerBound ?? line.endIndex))
            }
            return File(path: path, folder: parts.isEmpty ? Self.program : parts.joined(separator: "/"), code: code)
        }
    }

    /// The files by the types that they declare at the left margin.
    private func owners(_ files: [File]) -> [Substring: File] {
        var owners: [Substring: File] = [:]
        for file in files {
            for line in file.code where line.first != " " {
                let words = line.split(whereSeparator: { " :<{(".contains($0) })
                let keyword = words.firstIndex { ["struct", "class", "enum", "actor", "protocol"].contains($0) }
                guard let keyword, keyword <= 2, keyword + 1 < words.count else { continue }
                owners[words[keyword + 1]] = file
            }
        }
        return owners
    }

    @Test("no file names a type of a layer above its own")
    func arrows() throws {
        let files = try files()
        let owners = owners(files)
        #expect(owners.count > 100 && Set(owners.values.map(\.layer)).count == Self.layers.count)
        for file in files {
            let layer = try #require(file.layer, "\(file.folder) is of no layer")
            for line in file.code {
                for word in File.words(line) {
                    guard let above = owners[word]?.layer, above > layer else { continue }
                    Issue.record("\(file.path) names \(word), which stands above it: \(line)")
                }
            }
        }
    }

    @Test("no folder names the types of one that names its own, by whatever way")
    func circles() throws {
        let files = try files()
        let owners = owners(files)
        var arrows: [String: Set<String>] = [:]
        // What the config says of secrets is judged where it is loaded, by the types that will use them.
        for file in files where file.folder != "Configuration" {
            for word in Set(file.code.flatMap(File.words)) {
                guard let other = owners[word]?.folder, other != file.folder else { continue }
                arrows[file.folder, default: []].insert(other)
            }
        }
        func reach(_ folder: String, _ way: [String]) {
            guard !way.contains(folder) else {
                Issue.record("\((way + [folder]).joined(separator: " names "))")
                return
            }
            for next in arrows[folder] ?? [] { reach(next, way + [folder]) }
        }
        #expect(arrows.count > 10)
        for folder in arrows.keys { reach(folder, []) }
    }
}
