import CommandLineSyntax
import Diagnostics
import ObservedFiles

/// The files that `--env` names, those that it finds in folders, and those that they load.
struct DeployedFileSearch {
    struct File {
        let source: SourceFile
        let kind: DeployedFileKind?
        let isFound: Bool
    }

    private(set) var files: [File] = []

    /// How many files of a folder are looked at.
    private static let most = 1000
    private static let deepest = 4

    /// `FILE`, `FILE:DIALECT` or a folder.
    mutating func add(_ argument: String, _ invocation: Invocation) throws(CommandFailure) {
        var path = argument
        var kind: DeployedFileKind?
        if let colon = argument.lastIndex(of: ":"), !argument[colon...].contains("/") {
            let word = String(argument[colon...].dropFirst())
            guard let named = DeployedFileKind(word: word) else {
                let near =
                    Suggestion.nearest(to: word, in: DeployedFileKind.allWords).map { "; did you mean \($0)?" } ?? ""
                throw .usage(
                    invocation.misuse(
                        "--env \(argument): `\(word)` is no dialect; expected one of "
                            + DeployedFileKind.allWords.joined(separator: ", ") + near))
            }
            kind = named
            path = String(argument[..<colon])
        }
        try CommandFailure.accessing { () throws(FileError) in
            if kind == nil, try OpenFile.reading(path).status().kind == .directory {
                while path.count > 1, path.hasSuffix("/") { path.removeLast() }
                try search(Directory.opening(path), depth: 0)
            } else {
                try read(path, as: kind)
                try readDropIns(of: path)
            }
        }
    }

    private mutating func read(_ path: String, as kind: DeployedFileKind?, isFound: Bool = false) throws(FileError) {
        let known = FilePathText.joined("", path)
        guard !files.contains(where: { FilePathText.joined("", $0.source.path) == known && $0.kind == kind }) else {
            return
        }
        let bytes = try OpenFile.reading(path).readAll(atMost: 16 << 20)
        files.append(File(source: SourceFile(path: path, bytes: bytes), kind: kind, isFound: isFound))
    }

    /// What a deployment is made of, by the names of files; folders that hold code of others are left out.
    private mutating func search(_ directory: Directory, depth: Int) throws(FileError) {
        for name in try directory.names() {
            let path = directory.pathOf(name)
            switch try directory.status(of: name)?.kind {
            case .directory where depth < Self.deepest && !["node_modules", ".git", "out", ".venv"].contains(name):
                try search(directory.directory(name), depth: depth + 1)
            case .file:
                let isNamed = DeployedFileKind.named(path) != nil || Self.isCompose(name)
                if !isNamed {
                    guard try Self.isManifest(path) else { continue }
                }
                guard files.count < Self.most else {
                    throw FileError(
                        "search", directory.path, reason: "it has more than \(Self.most) files of deployments",
                        advice: "name the files instead")
                }
                try read(path, as: nil, isFound: true)
            default: continue
            }
        }
    }

    private static func isCompose(_ name: String) -> Bool {
        (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
            && (name.hasPrefix("compose") || name.hasPrefix("docker-compose"))
    }

    private static func isManifest(_ path: String) throws(FileError) -> Bool {
        guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else { return false }
        let bytes = try OpenFile.reading(path).readAll(atMost: 1 << 16)
        return bytes.split(separator: 0x0A).contains { $0.starts(with: "apiVersion:".utf8) }
    }

    /// `mcp.service.d/*.conf` beside a unit.
    private mutating func readDropIns(of path: String) throws(FileError) {
        guard path.hasSuffix(".service"), let folder = try? Directory.opening(path + ".d") else { return }
        for name in try folder.names() where name.hasSuffix(".conf") { try read(folder.pathOf(name), as: nil) }
    }

    /// Reads what the files load from beside them, until nothing new is named. Absolute paths are those of another
    /// machine.
    mutating func follow() throws(FileError) {
        var tried: Set<String> = []
        while true {
            var sources = SourceMap()
            let deployed = files.map { file in
                DeployedFile(sources.add(file.source), as: file.kind, isFound: file.isFound, in: sources)
            }
            let open = ObservedDeployment(deployed).missing.filter {
                !$0.path.hasPrefix("/") && tried.insert($0.path).inserted
            }
            guard !open.isEmpty else { return }
            for reference in open where (try? OpenFile.reading(reference.path).status().kind) == .file {
                try read(reference.path, as: reference.kind.flatMap { Self.isOfLoader($0) ? nil : $0 }, isFound: true)
            }
        }
    }

    /// The dialect of an env file is its loader's affair, which may not be the only one.
    private static func isOfLoader(_ kind: DeployedFileKind) -> Bool {
        if case .env = kind { true } else { false }
    }
}
