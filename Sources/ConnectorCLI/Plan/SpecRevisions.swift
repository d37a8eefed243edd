import ContentDigest
import Diagnostics

/// What git remembers of a spec.
struct SpecRevisions {
    /// The spec as it was named, and its folder and name for git.
    private let path: String
    private let folder: String
    private let name: String

    /// How many revisions of the spec are looked through for one with a known digest.
    private static let most = "100"

    init(of path: String) {
        self.path = path
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// The spec at a revision. Its name ends as the spec's own does, which banners show.
    func spec(at revision: String) throws(FileError) -> SourceFile {
        let shown = "\(revision):\(path.contains("/") ? path : "./" + path)"
        guard !revision.isEmpty, !revision.hasPrefix("-"), !revision.contains(":") else {
            throw FileError(
                "read", shown, reason: "`\(revision)` is no revision and no path that exists",
                advice: "name a revision of git, an output directory or a connectorgen.lock")
        }
        let run = try git(["show", "--no-textconv", "--no-color", "\(revision):./\(name)"])
        guard run.status == 0 else {
            var said = run.errors.split(separator: "\n").first.map(String.init) ?? "status \(run.status)"
            if said.hasSuffix(".") { said.removeLast() }
            throw FileError(
                "read", shown, reason: "git says: \(said)",
                advice: "name a revision that has the spec, an output directory or a connectorgen.lock")
        }
        return SourceFile(path: shown, bytes: run.output)
    }

    /// The newest revision of the spec whose bytes have a digest; nil where git has none, or is not there.
    func spec(withDigest digest: String) -> SourceFile? {
        guard let log = try? git(["log", "--format=%h", "--max-count=\(Self.most)", "--", name]), log.status == 0 else {
            return nil
        }
        for revision in String(decoding: log.output, as: UTF8.self).split(separator: "\n") {
            if let file = try? spec(at: String(revision)), SHA256.hex(file.bytes) == digest { return file }
        }
        return nil
    }

    private func git(_ arguments: [String]) throws(FileError) -> ChildProgram.Outcome {
        try ChildProgram.run("git", ["-C", folder] + arguments)
    }
}
