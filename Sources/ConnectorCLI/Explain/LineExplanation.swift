import ConnectorBackends
import ContentDigest
import Diagnostics
import Glibc
import SecretShapes

/// `explain out/FILE:LINE`: the lines of the spec that a line of an output was made from, by the provenance map.
struct LineExplanation {
    /// As the user wrote it.
    private let file: String
    private let line: Int

    init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    func result() throws(FileError) -> CommandResult {
        let output = SourceFile(path: file, bytes: try OpenFile.reading(file).readAll())
        guard let (root, path) = outputDirectory() else {
            throw FileError(
                "explain", file, reason: "no directory above it has a \(ProvenanceMap.path)",
                advice: "give a file of an output directory, or a key of a spec, SPEC:KEY")
        }
        guard line >= 1, line <= output.lineStarts.count else {
            return CommandResult(notices: "\(file) has \(output.lineStarts.count) lines\n", status: .findings)
        }
        var sources = SourceMap()
        let mapFile = SourceFile(
            path: join(root, ProvenanceMap.path), bytes: try OpenFile.reading(join(root, ProvenanceMap.path)).readAll())
        guard let map = ProvenanceMap.read(mapFile, id: sources.add(mapFile)).map else {
            throw FileError("read", mapFile.path, reason: "it is no provenance map", advice: "build again")
        }
        let lockFile = SourceFile(
            path: join(root, LockFile.path), bytes: try OpenFile.reading(join(root, LockFile.path)).readAll())
        let lock = LockFile.read(lockFile, id: sources.add(lockFile)).lock
        // A line of a file with values of secrets may be one.
        let holdsSecrets = lock?.output(at: path)?.holdsSecrets ?? false
        var text = "\(file):\(line)\n    \(holdsSecrets ? "[secret]" : Self.text(of: line, in: output))\n"
        if let lock, let entry = lock.output(at: path), !holdsSecrets, entry.sha256 != SHA256.hex(output.bytes) {
            text += "note: the file is not as the last build left it, so lines may have moved\n"
        }
        let includes = try Includes(in: map, below: root).named(byLine: line, of: output)
        let numbers = map.entry(for: path, line: line)?.specLines ?? []
        guard !numbers.isEmpty || !includes.isEmpty else {
            text += "it stands in every such output and comes from no line of the spec\n"
            return CommandResult(text)
        }
        let specName = lock?.specName ?? "the spec"
        let spec = try lock.flatMap { lock throws(FileError) in try findSpec(lock, beside: root) }
        func list(_ numbers: [Int]) {
            for number in numbers {
                text += "    \(spec?.path ?? specName):\(number)"
                if let spec, number <= spec.lineStarts.count { text += "  \(Self.text(of: number, in: spec))" }
                text += "\n"
            }
        }
        if !numbers.isEmpty { text += "comes from\n" }
        list(numbers)
        for file in includes {
            text += "includes \(join(root, file.path)), whose lines come from\n"
            list(file.specLines)
        }
        return CommandResult(text, notices: spec == nil ? "the spec that it was built from is not at hand\n" : "")
    }

    /// The nearest folder above the file that has a provenance map, and the file's path in it.
    private func outputDirectory() -> (root: String, path: String)? {
        var parts = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var inside = [parts.removeLast()]
        while true {
            let root = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
            if access(join(root, ProvenanceMap.path), F_OK) == 0 { return (root, inside.joined(separator: "/")) }
            guard let last = parts.popLast() else { return nil }
            inside.insert(last, at: 0)
        }
    }

    /// The spec with the lock's digest, beside the output directory or here.
    private func findSpec(_ lock: LockFile, beside root: String) throws(FileError) -> SourceFile? {
        for folder in [".", parent(of: root)] {
            let path = folder == "." ? lock.specName : join(folder, lock.specName)
            guard access(path, R_OK) == 0 else { continue }
            let bytes = try OpenFile.reading(path).readAll()
            if SHA256.hex(bytes) == lock.specDigest { return SourceFile(path: path, bytes: bytes) }
        }
        return nil
    }

    /// The folder around another, without `..` where its name tells.
    private func parent(of folder: String) -> String {
        var parts = folder.split(separator: "/", omittingEmptySubsequences: false)
        while parts.last == "" { parts.removeLast() }
        guard let last = parts.popLast(), last != "..", last != "." else { return join(folder, "..") }
        return parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
    }

    private func join(_ folder: String, _ name: String) -> String {
        folder == "." ? name : folder == "/" ? "/" + name : "\(folder)/\(name)"
    }

    private static func text(of line: Int, in file: SourceFile) -> String {
        let range = file.lineRange(line - 1)
        let text = String(decoding: file.bytes[range], as: UTF8.self)
        return DisplayText.escaped(SecretPlaces.redacted(String(text.drop { $0 == " " })))
    }
}
