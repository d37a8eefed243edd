import Foundation
import TestSupport
import Testing

/// The layers of the server: what stands on what inside the one target `AuthServer`.
@Suite("the server keeps its layers")
struct LayerTests {
    /// Lowest first; folders of one line are of one layer. What is in no folder is the program, above all of them.
    private static let layers = [
        ["Common", "Pages"], ["Services", "Configuration"], ["Endpoints"], ["Listeners"],
        ["Start", "Lifecycle", "Operator", "HashPassword", "AuthServer"],
    ]

    private static let root = "Sources/AuthServer/"

    private struct File {
        let path: String
        let layer: Int
        let code: [String]
    }

    private func files() throws -> [File] {
        try House.swiftFiles(under: "Sources/AuthServer").map { path in
            let parts = path.dropFirst(Self.root.count).split(separator: "/")
            let folder = parts.count > 1 ? String(parts[0]) : "AuthServer"
            let layer = try #require(Self.layers.firstIndex { $0.contains(folder) }, "\(folder) is of no layer")
            let text = try String(contentsOfFile: Repository.path(path), encoding: .utf8)
            let code = text.split(separator: "\n").map { line in
                line.contains("//")
                    ? String(line.prefix(upTo: line.range(of: "//")?.lowerBound ?? line.endIndex))
                    : String(line)
            }
            return File(path: path, layer: layer, code: code)
        }
    }

    /// The types that a line at the left margin declares.
    private func declared(_ line: String) -> String? {
        let words = line.split(whereSeparator: { " :<{(".contains($0) })
        let keyword = words.firstIndex { ["struct", "class", "enum", "actor", "protocol"].contains($0) }
        guard line.first != " ", let keyword, keyword <= 2, keyword + 1 < words.count else { return nil }
        return String(words[keyword + 1])
    }

    @Test("no file names a type of a layer above its own")
    func arrows() throws {
        let files = try files()
        var layers: [String: Int] = [:]
        for file in files {
            for line in file.code {
                if let name = declared(line) { layers[name] = file.layer }
            }
        }
        #expect(layers.count > 100 && Set(layers.values).count == Self.layers.count)
        for file in files {
            for line in file.code {
                for word in line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }) {
                    guard let layer = layers[String(word)], layer > file.layer else { continue }
                    Issue.record("\(file.path) names \(word), which stands above it: \(line)")
                }
            }
        }
    }
}
