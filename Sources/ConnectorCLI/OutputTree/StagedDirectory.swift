import ConnectorBackends
import Glibc
import ParallelWork

/// Builds a layout in a fresh directory: unchanged and foreign files linked from the old tree, new ones written.
struct StagedDirectory {
    let artifacts: [Artifact]
    /// How many files may be synced one by one; beyond, the whole file system is cheaper.
    private static let singleSyncs = 4
    /// From how many bytes on a file is sent to the disk while the next ones are written; below, it costs more than
    /// it saves.
    private static let largeFile = 1 << 18
    /// From how many bytes on several threads write.
    private static let largeTree = 1 << 20

    private var syncsSingly: Bool { artifacts.count <= StagedDirectory.singleSyncs }

    /// A directory of the new tree, to be finished when its files are written: the old one may be closed to writing.
    private struct Folder {
        let directory: Directory
        /// Of the directory in the old tree whose place it takes.
        let status: FileStatus?
    }

    /// A file whose bytes are not in the old tree.
    private struct NewFile {
        let directory: Directory
        let name: String
        let artifact: Artifact
    }

    /// Fills the directory, and returns when all of it is on the disk.
    func fill(
        _ directory: Directory, with layout: TreeLayout, from old: Directory?,
        unless interruption: borrowing Interruption
    ) throws(FileError) {
        var folders: [Folder] = []
        var files: [NewFile] = []
        try lay(layout, in: directory, from: old, unless: interruption, &folders, &files)
        let isLarge = files.reduce(0) { $0 + $1.artifact.size } >= StagedDirectory.largeTree
        _ = try files.mapInParallel(when: isLarge) { file throws(FileError) in
            try interruption.check()
            try write(file)
        }
        for folder in folders { try finish(folder) }
        if !syncsSingly { try directory.syncFileSystem() }
    }

    /// Makes the directories and links what stays; tells the files that are left to be written, and the directories
    /// above them, children first.
    private func lay(
        _ layout: TreeLayout, in directory: Directory, from old: Directory?,
        unless interruption: borrowing Interruption, _ folders: inout [Folder], _ files: inout [NewFile]
    ) throws(FileError) {
        let before = files.count
        for (name, entry) in layout.entries.sorted(by: { $0.key < $1.key }) {
            try interruption.check()
            switch entry {
            case .directory(let folder):
                let source = folder.status == nil ? nil : try old?.directory(name)
                try lay(folder, in: directory.makeDirectory(name), from: source, unless: interruption, &folders, &files)
            case .written(let index):
                files.append(NewFile(directory: directory, name: name, artifact: artifacts[index]))
            case .unchanged(let index):
                guard let old else { continue }
                do {
                    try directory.link(name, from: old)
                } catch let failure where StagedDirectory.linkRefusals.contains(failure.code) {
                    // Another user's file (fs.protected_hardlinks), or a file system without links: a copy serves.
                    files.append(NewFile(directory: directory, name: name, artifact: artifacts[index]))
                }
            case .carried:
                guard let old else { continue }
                try carry(name, from: old, to: directory)
            }
        }
        let folder = Folder(directory: directory, status: layout.status)
        // Nothing is left to be written below: it need not stay open.
        if files.count == before { try finish(folder) } else { folders.append(folder) }
    }

    private func write(_ new: NewFile) throws(FileError) {
        let file = try new.directory.makeFile(new.name)
        try file.write(new.artifact.bytes)
        try file.setMode(new.artifact.mode)
        if syncsSingly {
            try file.sync()
        } else if new.artifact.size >= StagedDirectory.largeFile {
            file.startWriting()
        }
    }

    private func carry(_ name: String, from old: Directory, to directory: Directory) throws(FileError) {
        do {
            try directory.link(name, from: old)
        } catch let failure where StagedDirectory.linkRefusals.contains(failure.code) {
            throw FileError(
                "keep", old.pathOf(name), code: failure.code,
                advice: "it is not an output and cannot be linked; move it out of the output directory")
        }
    }

    /// Mode and owner of the old directory; a new one is open to all for reading, whatever the umask.
    private func finish(_ folder: Folder) throws(FileError) {
        let directory = folder.directory
        if let status = folder.status {
            let own = try directory.status()
            if own.owner != status.owner || own.group != status.group {
                try directory.setOwner(status.owner, group: status.group)
            }
        }
        try directory.setMode(folder.status?.mode ?? 0o755)
        if syncsSingly { try directory.sync() }
    }

    private static let linkRefusals: Set<Int32> = [EPERM, EACCES, EMLINK, EOPNOTSUPP]
}
