import ConnectorBackends
import ConnectorChanges
import ConnectorCompiler
import ContentDigest
import Diagnostics
import Glibc

/// What a plan starts from, as `--against` names it.
enum PlanBaseline {
    /// A spec, from which the outputs are made again.
    case spec(SourceFile)
    /// What stands in an output directory or a lock. `spec` is what it was made from, where git still has it.
    case outputs(KnownOutputs, spec: SourceFile?)
    /// An output directory that is not there yet.
    case nothing

    /// A path that exists wins: a branch of the same name is `refs/heads/NAME`.
    init(_ argument: String, isGiven: Bool, current: SourceFile) throws(FileError) {
        guard access(argument, F_OK) == 0 else {
            if isGiven { self = .spec(try SpecRevisions(of: current.path).spec(at: argument)) } else { self = .nothing }
            return
        }
        let isDirectory = try OpenFile.reading(argument).status().kind == .directory
        let folder = isDirectory ? try Directory.opening(argument) : nil
        let lockPath = isDirectory ? argument + "/" + LockFile.path : argument
        guard access(lockPath, F_OK) == 0 else {
            throw FileError(
                "read", lockPath, reason: "there is no lock, so it is no output directory",
                advice: "name an output directory, a connectorgen.lock or a revision of git")
        }
        let file = SourceFile(path: lockPath, bytes: try OpenFile.reading(lockPath).readAll())
        var sources = SourceMap()
        guard let lock = LockFile.read(file, id: sources.add(file)).lock else {
            throw FileError(
                "read", lockPath, reason: "it is no lock that this version reads",
                advice: "name an output directory, a connectorgen.lock or a revision of git")
        }
        let spec: SourceFile? =
            SHA256.hex(current.bytes) == lock.specDigest
            ? current : SpecRevisions(of: current.path).spec(withDigest: lock.specDigest)
        self = .outputs(try Self.outputs(lock, in: folder), spec: spec)
    }

    private static func outputs(_ lock: LockFile, in folder: Directory?) throws(FileError) -> KnownOutputs {
        var outputs: [String: KnownOutputs.Output] = [:]
        for output in lock.outputs {
            var bytes: [UInt8]?
            var mode = output.mode
            if let folder {
                let path = folder.pathOf(output.path)
                guard access(path, F_OK) == 0 else { continue }
                let file = try OpenFile.reading(path)
                bytes = try file.readAll()
                mode = try file.status().mode
            }
            // A checkout keeps of a mode whether the owner may execute; the rest is the umask's.
            let isSameMode = mode & 0o100 == output.mode & 0o100
            let isEdited = bytes.map { !output.holdsSecrets && SHA256.hex($0) != output.sha256 } ?? false
            outputs[output.path] = KnownOutputs.Output(
                mode: isSameMode ? output.mode : mode, bytes: output.holdsSecrets ? nil : bytes,
                sha256: isEdited ? SHA256.hex(bytes ?? []) : output.sha256, isEdited: isEdited)
        }
        return KnownOutputs(outputs: outputs, specDigest: lock.specDigest, sourceName: lock.specName)
    }
}
