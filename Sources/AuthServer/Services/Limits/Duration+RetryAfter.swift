extension Duration {
    /// The value of `Retry-After` that waits this long: whole seconds, rounded up, and at least one.
    var retryAfter: Int {
        max(1, Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0))
    }
}
