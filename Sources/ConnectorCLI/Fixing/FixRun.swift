import Diagnostics

/// The fixes of one run: what they make of the files, as a difference or on the disk.
struct FixRun {
    private let before: LintedSpecs
    /// The specs and what is deployed beside them, fixed.
    let after: LintedSpecs
    private let fixed: FixedFiles

    /// `includingUnsafe` makes the fixes too that need a look.
    init(_ specs: LintedSpecs, includingUnsafe: Bool) {
        let homes = Self.homes(of: specs.sources)
        var latest = specs
        before = specs
        fixed = FixedFiles(specs.sources, includingUnsafe: includingUnsafe, home: { homes[$0] }) { changes in
            latest = specs.replacing(changes.filled(by: homes))
            return latest.diagnostics
        }
        after = fixed.isSettled ? latest : specs.replacing(fixed.changes.filled(by: homes))
    }

    /// For each file the first of those that are one on the disk: by two paths, or read by two dialects.
    private static func homes(of sources: SourceMap) -> [FileID: FileID] {
        struct Place: Hashable {
            let device: UInt64
            let inode: UInt64
        }
        var first: [Place: FileID] = [:]
        var homes: [FileID: FileID] = [:]
        for (index, source) in sources.files.enumerated() {
            let id = FileID(index)
            guard let status = try? OpenFile.reading(source.path).status(), status.kind == .file else {
                // What came by standard input has no place on the disk.
                homes[id] = id
                continue
            }
            let place = Place(device: status.device, inode: status.inode)
            homes[id] = first[place] ?? id
            if first[place] == nil { first[place] = id }
        }
        return homes
    }

    var isEmpty: Bool { fixed.changes.isEmpty }

    /// Puts the fixed files in the place of the old ones; none of them where one cannot be.
    func write() throws(FileError) {
        var replacements: [FileReplacement] = []
        for (file, bytes) in ordered {
            let source = before.sources[file]
            replacements.append(try FileReplacement(source.path, of: source.bytes, with: bytes))
        }
        for replacement in replacements { try replacement.perform() }
    }

    /// What changes, file by file.
    var diff: [UInt8] {
        ordered.flatMap { file, bytes in
            UnifiedDiff(
                from: before.sources[file].bytes, to: bytes, path: before.sources[file].path,
                secrets: (before.secretRanges(in: file), after.secretRanges(in: file))
            ).bytes
        }
    }

    /// One line for each fix, and what is left to be looked at.
    func summary(isTrial: Bool) -> String {
        let lines = fixed.made.map { choice in
            "\(isTrial ? "would fix" : "fixed") \(before.sources[choice.file].path): \(choice.fix.title) [\(choice.code)]\n"
        }
        let left = after.diagnostics.count { finding in finding.fixes.contains { $0.isMade(includingUnsafe: true) } }
        let advice = left == 0 ? "" : "; \(left) more need\(left == 1 ? "s" : "") a look: --unsafe-fixes"
        let unsettled = fixed.isSettled ? "" : "; fixes lead to each other in a circle, the rest is left"
        let count = fixed.made.count
        return lines.joined()
            + "\(count) \(count == 1 ? "fix" : "fixes") \(isTrial ? "to be made" : "made")\(advice)\(unsettled)\n"
    }

    private var ordered: [(file: FileID, bytes: [UInt8])] {
        fixed.changes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension [FileID: [UInt8]] {
    /// With the same bytes for all files that are one on the disk.
    fileprivate func filled(by homes: [FileID: FileID]) -> [FileID: [UInt8]] {
        var all = self
        for (id, home) in homes { if let bytes = self[home] { all[id] = bytes } }
        return all
    }
}
