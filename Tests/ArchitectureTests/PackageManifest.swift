import Foundation
import TestSupport

/// The targets and the arrows between them as `Package.swift` declares them: who may import whom.
enum PackageManifest {
    /// The declared dependencies of every Swift target below `Sources`.
    static func arrows() throws -> [String: Set<String>] {
        let manifest = try String(contentsOfFile: Repository.path("Package.swift"), encoding: .utf8)
        var arrows: [String: Set<String>] = [:]
        for match in manifest.matches(of: #/\bhouse\(\s*"([^"]+)"(?:,\s*\[([^\]]*)\])?/#) {
            arrows[String(match.1)] = names(match.2 ?? "")
        }
        for match in manifest.matches(
            of: #/\.executableTarget\(\s*name: "([^"]+)",\s*dependencies: \[([^\]]*)\],(?!\s*path:)/#)
        {
            arrows[String(match.1)] = names(match.2)
        }
        return arrows
    }

    private static func names(_ list: Substring) -> Set<String> {
        Set(list.matches(of: #/"([^"]+)"/#).map { String($0.1) })
    }

    /// Modules of the system that a target may import besides; they are no targets of ours.
    static let systemModules: [String: Set<String>] = [
        "ParallelWork": ["Glibc", "Synchronization"], "ConnectorCLI": ["Glibc", "Synchronization"],
        "HTTPServer": ["Glibc", "Synchronization"], "HTTPClient": ["Glibc"], "SQLite": ["Glibc"],
        "AuthServer": ["Glibc", "Dispatch", "Synchronization"],
    ]

    /// The executables, which only hand over.
    static let executables: Set<String> = ["connectorgen", "connectorgen-auth"]

    /// What a target imports by way of all arrows.
    static func reach(of target: String, in arrows: [String: Set<String>]) -> Set<String> {
        var reached: Set<String> = []
        var waiting = arrows[target] ?? []
        while let next = waiting.popFirst() {
            if reached.insert(next).inserted { waiting.formUnion(arrows[next] ?? []) }
        }
        return reached
    }

    /// The targets of C code that the manifest declares: libraries, shims over them, embedded data.
    static func cTargets() throws -> Set<String> {
        let manifest = try String(contentsOfFile: Repository.path("Package.swift"), encoding: .utf8)
        let declarations = manifest.matches(
            of: #/(?:\.systemLibrary\(name: |\.target\(name: |\bembedded\(\s*)"(C[A-Z][^"]*)"/#)
        return Set(declarations.map { String($0.1) })
    }

    struct Source {
        let target: String
        /// Relative to the repository.
        let path: String
        let lines: [Substring]

        /// The modules that the file imports, whatever the access level.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let keyword = words.firstIndex(of: "import"), keyword <= 2, keyword + 1 < words.count,
                    words[..<keyword].allSatisfy({
                        ["package", "public", "private", "internal", "@preconcurrency"].contains($0)
                    })
                else { return nil }
                let module = words[keyword + 1]
                return ["struct", "enum", "class", "func"].contains(module)
                    ? words.last.map { String($0.prefix { $0 != "." }) } : String(module)
            }
        }
    }

    /// All Swift files below `Sources`.
    static func sources() throws -> [Source] {
        try swiftFiles(under: "Sources").map { path in
            let text = try String(contentsOfFile: Repository.path(path), encoding: .utf8)
            let target = path.split(separator: "/")[1]
            return Source(
                target: String(target), path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false)
            )
        }
    }

    static func swiftFiles(under folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: Repository.path(folder))
            .filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
    }
}
