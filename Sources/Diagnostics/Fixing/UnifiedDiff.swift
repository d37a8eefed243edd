/// What changes in a file, as `diff -u` prints it and `patch` and `git apply` read it: lines keep their ends, and a last
/// line without one says so. A secret is shown as `[secret]` in every line.
package struct UnifiedDiff: Sendable {
    private let old: Side
    private let new: Side
    private let path: String
    /// 0-based numbers of lines that go, and of those that come.
    private var removed: Set<Int> = []
    private var added: Set<Int> = []

    private static let context = 3
    /// The search takes time by the product of lines and differences.
    private static let searchLimit = 4000

    /// One of the two texts in lines, ends included.
    private struct Side: Sendable {
        var lines: [ArraySlice<UInt8>] = []
        let secrets: [Range<Int>]

        init(_ bytes: [UInt8], secrets: [Range<Int>]) {
            self.secrets = secrets.sorted { $0.lowerBound < $1.lowerBound }
            var start = 0
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
                lines.append(bytes[start..<end])
                start = end
            }
        }

        /// A line as it is shown.
        func shown(_ index: Int) -> [UInt8] {
            let line = lines[index]
            var shown: [UInt8] = []
            var position = line.startIndex
            for secret in secrets where secret.overlaps(line.startIndex..<line.endIndex) {
                guard secret.upperBound > position else { continue }
                shown += line[position..<max(position, secret.lowerBound)]
                shown += "[secret]".utf8
                position = min(secret.upperBound, line.endIndex)
            }
            shown += line[position...]
            if line.last == 0x0A, shown.last != 0x0A { shown.append(0x0A) }
            return shown
        }
    }

    /// Compares two texts; both sides are named `path`, and `secrets` are places in each that nobody is shown.
    package init(
        from old: [UInt8], to new: [UInt8], path: String, secrets: (old: [Range<Int>], new: [Range<Int>]) = ([], [])
    ) {
        self.old = Side(old, secrets: secrets.old)
        self.new = Side(new, secrets: secrets.new)
        self.path = path
        let (left, right) = (self.old.lines, self.new.lines)
        var head = 0
        while head < left.count, head < right.count, left[head] == right[head] { head += 1 }
        var tail = 0
        while tail < min(left.count, right.count) - head, left[left.count - 1 - tail] == right[right.count - 1 - tail] {
            tail += 1
        }
        let (oldMiddle, newMiddle) = (head..<left.count - tail, head..<right.count - tail)
        guard oldMiddle.count + newMiddle.count <= Self.searchLimit else {
            (removed, added) = (Set(oldMiddle), Set(newMiddle))
            return
        }
        for change in Array(right[newMiddle]).difference(from: Array(left[oldMiddle])) {
            switch change {
            case .remove(let offset, _, _): removed.insert(head + offset)
            case .insert(let offset, _, _): added.insert(head + offset)
            }
        }
    }

    package var isEmpty: Bool { removed.isEmpty && added.isEmpty }

    /// Empty for equal texts.
    package var bytes: [UInt8] {
        guard !isEmpty else { return [] }
        let steps = self.steps
        var output = Array("--- a/\(path)\n+++ b/\(path)\n".utf8)
        var position = 0
        while let first = steps[position...].firstIndex(where: \.isChange) {
            let start = max(position, first - Self.context)
            var end = first
            // Changes that are so near that their contexts meet are one hunk.
            while let next = steps[end...].dropFirst().firstIndex(where: \.isChange), next - end <= 2 * Self.context {
                end = next
            }
            end = min(steps.count - 1, end + Self.context)
            output += hunk(steps[start...end])
            position = end + 1
        }
        return output
    }

    /// One line of the diff, by its number on the sides that have it.
    private struct Step {
        let old: Int?
        let new: Int?
        var isChange: Bool { old == nil || new == nil }
    }

    private var steps: [Step] {
        var steps: [Step] = []
        var (left, right) = (0, 0)
        while left < old.lines.count || right < new.lines.count {
            if left < old.lines.count, removed.contains(left) {
                steps.append(Step(old: left, new: nil))
                left += 1
            } else if right < new.lines.count, added.contains(right) {
                steps.append(Step(old: nil, new: right))
                right += 1
            } else {
                steps.append(Step(old: left, new: right))
                left += 1
                right += 1
            }
        }
        return steps
    }

    private func hunk(_ steps: ArraySlice<Step>) -> [UInt8] {
        func range(_ numbers: [Int], before: Int) -> String {
            let first = numbers.first.map { $0 + 1 } ?? before
            return numbers.count == 1 ? "\(first)" : "\(first),\(numbers.count)"
        }
        let (lefts, rights) = (steps.compactMap(\.old), steps.compactMap(\.new))
        // A side without a line is placed behind the line that it would follow.
        let before = min(lefts.first ?? .max, rights.first ?? .max)
        var output = Array("@@ -\(range(lefts, before: before)) +\(range(rights, before: before)) @@\n".utf8)
        for step in steps {
            let line: [UInt8]
            switch (step.old, step.new) {
            case (let number?, nil): line = [UInt8(ascii: "-")] + old.shown(number)
            case (nil, let number?): line = [UInt8(ascii: "+")] + new.shown(number)
            case (let number?, _?): line = [UInt8(ascii: " ")] + old.shown(number)
            case (nil, nil): continue
            }
            output += line
            if line.last != 0x0A { output += "\n\\ No newline at end of file\n".utf8 }
        }
        return output
    }
}
