import Diagnostics

extension [Span] {
    /// Each place once, in the order of first mention.
    var withoutRepetition: [Span] {
        var known: Set<Span> = []
        return filter { known.insert($0).inserted }
    }
}
