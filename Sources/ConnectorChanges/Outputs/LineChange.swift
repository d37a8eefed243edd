/// How many lines a new text adds and drops, as `diff` counts them.
package struct LineChange: Hashable, Sendable {
    package let added: Int
    package let removed: Int

    /// A shortest edit for what differs between the common head and tail; where that is too much to search, the
    /// lines that one side has and the other has not.
    package init(from old: [UInt8], to new: [UInt8]) {
        let newline = UInt8(ascii: "\n")
        var oldLines = old.split(separator: newline, omittingEmptySubsequences: false)[...]
        var newLines = new.split(separator: newline, omittingEmptySubsequences: false)[...]
        while let first = oldLines.first, first == newLines.first {
            oldLines.removeFirst()
            newLines.removeFirst()
        }
        while let last = oldLines.last, last == newLines.last {
            oldLines.removeLast()
            newLines.removeLast()
        }
        if oldLines.count + newLines.count <= LineChange.searchLimit {
            let difference = newLines.difference(from: oldLines)
            added = difference.insertions.count
            removed = difference.removals.count
        } else {
            var surplus: [ArraySlice<UInt8>: Int] = [:]
            for line in newLines { surplus[line, default: 0] += 1 }
            for line in oldLines { surplus[line, default: 0] -= 1 }
            added = surplus.values.reduce(0) { $0 + max($1, 0) }
            removed = surplus.values.reduce(0) { $0 + max(-$1, 0) }
        }
    }

    /// The search takes time by the product of lines and differences.
    private static let searchLimit = 2000
}
