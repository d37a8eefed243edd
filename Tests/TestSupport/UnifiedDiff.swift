/// The difference of two texts in the unified format, three lines of context; empty when they are equal.
package func unifiedDiff(_ old: String, _ new: String, path: String) -> String {
    guard old != new else { return "" }
    let left = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let right = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var edits: [(mark: Character, text: String)] = []
    let changes = right.difference(from: left)
    let removed = Set(
        changes.removals.map { change -> Int in if case .remove(let at, _, _) = change { at } else { -1 } })
    let added = Set(
        changes.insertions.map { change -> Int in if case .insert(let at, _, _) = change { at } else { -1 } })
    var (i, j) = (0, 0)
    while i < left.count || j < right.count {
        if i < left.count, removed.contains(i) {
            edits.append(("-", left[i]))
            i += 1
        } else if j < right.count, added.contains(j) {
            edits.append(("+", right[j]))
            j += 1
        } else {
            if i < left.count { edits.append((" ", left[i])) }
            i += 1
            j += 1
        }
    }
    let changed = edits.indices.filter { edits[$0].mark != " " }
    var lines = ["--- \(path) (kept)", "+++ \(path) (made now)"]
    var shown = -1
    for index in changed {
        let from = max(shown + 1, index - 3)
        if from > shown + 1 { lines.append("@@") }
        let to = min(edits.count - 1, index + 3)
        for at in stride(from: from, through: to, by: 1) where at > shown {
            lines.append("\(edits[at].mark)\(edits[at].text)")
        }
        shown = max(shown, to)
    }
    return lines.joined(separator: "\n")
}
