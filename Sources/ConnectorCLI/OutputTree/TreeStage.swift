import ConnectorBackends
import Glibc

/// Builds a layout in a fresh directory: new files written, unchanged and foreign ones linked from the old tree.
struct TreeStage {
    let artifacts: [Artifact]
    /// How many files may be synced one by one; beyond, the whole file system is cheaper.
    private static let singleSyncs = 4
    /// From how many bytes on a file is sent to the disk while the next ones are written; below, it costs more than
    /// it saves.
    private static let largeFile = 1 << 18

    /// Fills the directory, and returns when all of it is on the disk.
    func fill(
        _ directory: Directory, with layout: TreeLayout, from old: Directory?,
        unless interruption: borrowing Interruption
    ) throws(IOFailure) {
        let all = artifacts.count > TreeStage.singleSyncs
        try fill(directory, with: layout, from: old, syncing: !all, unless: interruption)
        if all { try directory.syncFileSystem() }
    }

    private func fill(
        _ directory: Directory, with layout: TreeLayout, from old: Directory?, syncing: Bool,
        unless interruption: borrowing Interruption
    ) throws(IOFailure) {
        for (name, entry) in layout.entries.sorted(by: { $0.key < $1.key }) {
            try interruption.check()
            switch entry {
            case .directory(let folder):
                let source = folder.status == nil ? nil : try old?.directory(name)
                try fill(
                    directory.makeDirectory(name), with: folder, from: source, syncing: syncing, unless: interruption)
            case .written(let index):
                try write(artifacts[index], as: name, in: directory, syncing: syncing)
            case .unchanged(let index):
                guard let old else { continue }
                do {
                    try directory.link(name, from: old)
                } catch let failure where TreeStage.linkRefusals.contains(failure.code) {
                    // Another user's file (fs.protected_hardlinks), or a file system without links: a copy serves.
                    try write(artifacts[index], as: name, in: directory, syncing: syncing)
                }
            case .carried:
                guard let old else { continue }
                try carry(name, from: old, to: directory)
            }
        }
        try finish(directory, as: layout.status)
        if syncing { try directory.sync() }
    }

    private func write(_ artifact: Artifact, as name: String, in directory: Directory, syncing: Bool) throws(IOFailure)
    {
        let file = try directory.makeFile(name)
        try file.write(artifact.bytes)
        try file.setMode(artifact.mode)
        if syncing {
            try file.sync()
        } else if artifact.bytes.count >= TreeStage.largeFile {
            file.startWriting()
        }
    }

    private func carry(_ name: String, from old: Directory, to directory: Directory) throws(IOFailure) {
        do {
            try directory.link(name, from: old)
        } catch let failure where TreeStage.linkRefusals.contains(failure.code) {
            throw IOFailure(
                "keep", old.pathOf(name), code: failure.code,
                advice: "it is not an output and cannot be linked; move it out of the output directory")
        }
    }

    /// Mode and owner of the old directory; a new one is open to all for reading, whatever the umask.
    private func finish(_ directory: Directory, as status: FileStatus?) throws(IOFailure) {
        guard let status else { return try directory.setMode(0o755) }
        let own = try directory.status()
        if own.owner != status.owner || own.group != status.group {
            try directory.setOwner(status.owner, group: status.group)
        }
        try directory.setMode(status.mode)
    }

    private static let linkRefusals: Set<Int32> = [EPERM, EACCES, EMLINK, EOPNOTSUPP]
}
