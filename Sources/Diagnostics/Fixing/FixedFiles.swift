/// Files after the fixes of their findings were made, and of the findings that the fixed files have, until nothing more
/// is to be fixed: a second run finds nothing to do.
package struct FixedFiles: Sendable {
    /// The new bytes of those that changed.
    package private(set) var changes: [FileID: [UInt8]] = [:]
    /// In the order in which they were made.
    package private(set) var made: [FixSelection.Choice] = []
    /// False where fixes led to each other in a circle and the last one was left.
    package private(set) var isSettled = false

    /// More passes than any file needs, of which every one makes at least one fix.
    private static let passes = 1000

    /// Fixes `sources`, the files as they are; `findings` tells what is found with some of them changed, by the same ids.
    /// For `home` see ``FixSelection``.
    package init<Failure>(
        _ sources: SourceMap, includingUnsafe: Bool, home: (FileID) -> FileID?,
        findings: ([FileID: [UInt8]]) throws(Failure) -> [Diagnostic]
    ) throws(Failure) {
        var seen: Set<[FileID: [UInt8]]> = [[:]]
        for _ in 0..<Self.passes {
            let selection = FixSelection(
                of: try findings(changes), includingUnsafe: includingUnsafe, home: home)
            guard !selection.chosen.isEmpty else {
                isSettled = true
                return
            }
            var next = changes
            for file in selection.files {
                let old = sources[file].bytes
                let new = selection.fixed(changes[file] ?? old, of: file)
                next[file] = new == old ? nil : new
            }
            guard seen.insert(next).inserted else { return }
            changes = next
            made += selection.chosen
        }
    }
}
