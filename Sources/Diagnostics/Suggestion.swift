/// "Did you mean": the nearest of the words that would have been right.
package enum Suggestion {
    /// The nearest candidate by edits (insertion, deletion, substitution, swap of neighbours), or nil when none is
    /// close: at most a third of the longer word with the same first letter, which slips hardly ever change, else of
    /// the shorter one. Ties go to the earlier candidate.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let word = Array(word.utf8)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let other = Array(candidate.utf8)
            let limit =
                word.first == other.first
                ? max(1, max(word.count, other.count) / 3) : min(word.count, other.count) / 3
            let distance = editDistance(word, other)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// What a closed list allows, phrased alike everywhere: `expected one of a, b, c; did you mean b`.
    /// `word` is what was found instead.
    package static func allowed(_ candidates: [String], instead word: String? = nil) -> String {
        let list = candidates.count == 1 ? "expected " : "expected one of "
        let nearest = word.flatMap { Self.nearest(to: $0, in: candidates) }
        let question = candidates.count == 1 ? nil : nearest.map { "; did you mean \($0)" }
        return list + candidates.joined(separator: ", ") + (question ?? "")
    }

    /// Optimal string alignment distance of two byte strings.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for i in left.indices {
            var current = [i + 1] + Array(repeating: 0, count: right.count)
            for j in right.indices {
                let substitution = previous[j] + (left[i] == right[j] ? 0 : 1)
                current[j + 1] = min(previous[j + 1] + 1, current[j] + 1, substitution)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    current[j + 1] = min(current[j + 1], beforePrevious[j - 1] + 1)
                }
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
