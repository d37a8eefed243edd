extension Array where Element: Sendable {
    /// Maps the elements by all processors together. The values stand in the order of the elements.
    ///
    /// Everything has ended when the call returns: no thread outlives it. `work` is called once for each element, in
    /// any order and on any thread, so it has to be a function of its element.
    ///
    /// - Parameters:
    ///   - isLarge: false for so little work that threads would cost more than they save, some 100 µs each; all is
    /// done
    ///     right here then.
    ///   - work: what is done with one element.
    /// - Returns: what `work` made of each element.
    /// - Throws: the failure of the first element, in their order, that has one; the others were tried all the same.
    package func mapInParallel<Value: Sendable, Failure: Error>(
        when isLarge: Bool, _ work: @Sendable (Element) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        let helpers = isLarge ? Swift.min(count, HelperThread.processors) - 1 : 0
        // Sound to let it escape: all threads that get it are joined before this scope ends.
        let results = withoutActuallyEscaping(work) { work in
            let batch = Batch(self, work)
            let threads = (0..<Swift.max(helpers, 0)).compactMap { _ in HelperThread { batch.run() } }
            batch.run()
            for thread in threads { thread.join() }
            return batch.results
        }
        var values: [Value] = []
        values.reserveCapacity(count)
        for result in results { values.append(try result.get()) }
        return values
    }
}
