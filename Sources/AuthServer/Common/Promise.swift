/// A value that comes later, once.
actor Promise<Value: Sendable> {
    private var fulfilled: Value?
    private var waiting: [CheckedContinuation<Value, Never>] = []

    var value: Value {
        get async {
            if let fulfilled { return fulfilled }
            return await withCheckedContinuation { waiting.append($0) }
        }
    }

    /// The first value counts.
    func fulfil(_ value: Value) {
        guard fulfilled == nil else { return }
        fulfilled = value
        for waiter in waiting { waiter.resume(returning: value) }
        waiting = []
    }
}
