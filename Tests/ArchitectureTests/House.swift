import Foundation
import TestSupport

/// The targets and the arrows between them, as `ARCHITECTURE.md` draws them: who may import whom.
enum House {
    /// The floors, ground first. A target may import from floors below its own, and only what it names here.
    static let arrows: [String: Set<String>] = [
        "JSONSyntax": [],
        "ContentDigest": ["CSHA256"],
        "ParallelWork": ["Glibc", "Synchronization"],
        "SecretShapes": ["JSONSyntax", "CCatalogue"],
        "Diagnostics": ["JSONSyntax", "ContentDigest", "SecretShapes"],
        "CommandLineSyntax": ["Diagnostics"],
        "RuntimeConfig": ["JSONSyntax", "Diagnostics"],
        "YAMLSyntax": ["CLibYAML", "Diagnostics"],
        "ConnectorSpec": [
            "YAMLSyntax", "Diagnostics", "SecretShapes", "JSONSyntax", "ParallelWork", "CCatalogue",
        ],
        "ConfigLanguages": ["Diagnostics", "JSONSyntax"],
        "Templates": ["CTemplates", "ConfigLanguages", "Diagnostics", "ContentDigest"],
        "ConnectorPlan": [
            "ConnectorSpec", "RuntimeConfig", "ParallelWork", "ContentDigest", "JSONSyntax", "Diagnostics",
        ],
        "ConnectorChecks": ["ConnectorPlan", "ConnectorSpec", "YAMLSyntax", "ParallelWork", "Diagnostics"],
        "ConnectorBackends": [
            "ConnectorPlan", "ConnectorSpec", "ConnectorChecks", "YAMLSyntax", "RuntimeConfig", "ConfigLanguages",
            "Templates", "ParallelWork", "ContentDigest", "JSONSyntax", "Diagnostics",
        ],
        "ConnectorCLI": [
            "ConnectorBackends", "ConnectorChecks", "ConnectorPlan", "ConnectorSpec", "YAMLSyntax", "ConfigLanguages",
            "RuntimeConfig", "Templates", "CommandLineSyntax", "ParallelWork", "ContentDigest", "JSONSyntax",
            "Diagnostics", "SecretShapes", "Glibc", "CSystemCalls", "Synchronization",
        ],
        "connectorgen": ["ConnectorCLI"],
        "HTTPServer": ["CHTTPServer", "CMicroHTTPD", "Glibc", "Synchronization"],
        "HTTPClient": ["CCurl", "CHTTPClient", "Glibc"],
        "Cryptography": ["COpenSSL", "CCryptography", "CSodium", "JSONSyntax"],
        "SQLite": ["CSQLite", "CSQLiteCalls", "Glibc"],
        "OAuthProtocol": ["RuntimeConfig", "JSONSyntax"],
        "OAuthStores": ["OAuthProtocol", "SQLite"],
        "AuthServer": [
            "OAuthProtocol", "OAuthStores", "SQLite", "Cryptography", "HTTPServer", "HTTPClient", "Templates",
            "ConfigLanguages", "RuntimeConfig", "CommandLineSyntax", "JSONSyntax", "ContentDigest", "Diagnostics",
            "CSystemCalls", "Glibc",
            "Dispatch", "Synchronization",
        ],
        "connectorgen-auth": ["AuthServer"],
    ]

    /// Nothing in these may name a file handle, a socket, the time of day or a random source.
    static let pure: Set<String> = [
        "JSONSyntax", "ContentDigest", "SecretShapes", "Diagnostics", "CommandLineSyntax", "RuntimeConfig",
        "YAMLSyntax",
        "ConnectorSpec", "ConfigLanguages", "Templates", "ConnectorPlan", "ConnectorChecks", "ConnectorBackends",
        "OAuthProtocol",
    ]

    /// The thin Swift targets over a C library or the system, where pointers and their justified escapes may stand.
    static let bindings: Set<String> = [
        "YAMLSyntax", "ContentDigest", "HTTPServer", "HTTPClient", "Cryptography", "SQLite", "Templates",
        "ConnectorSpec", "ConnectorCLI", "ParallelWork", "SecretShapes",
    ]

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
