extension Array where Element: Sendable {
    /// Maps the elements by all processors together, in parts of about equal length: for many elements of which each is
    /// too little work to be handed out alone. What one part needs and cannot share is made once for it.
    ///
    /// - Parameters:
    ///   - isLarge: false for so little work that threads would cost more than they save; there is one part then.
    ///   - work: what is done with one part; called on any thread.
    /// - Returns: what `work` made of each part, in the order of the elements; nothing for no elements.
    package func mapPartsInParallel<Part: Sendable>(
        when isLarge: Bool, _ work: @Sendable (ArraySlice<Element>) -> Part
    ) -> [Part] {
        let length = isLarge ? Swift.max(1, count / (HelperThread.processors * Self.partsEach)) : Swift.max(1, count)
        let parts = stride(from: 0, to: count, by: length).map { self[$0..<Swift.min($0 + length, count)] }
        return parts.mapInParallel(when: isLarge, work)
    }

    /// Parts for each processor: a few, so that none waits long for one that was slower.
    private static var partsEach: Int { 4 }
}
