/// How many failed attempts are borne: `burst` at once, and then one every `interval`.
struct AttemptLimit: Hashable, Sendable {
    let burst: Int
    let interval: Duration

    /// For one account: ten guesses, then two a minute.
    static let account = AttemptLimit(burst: 10, interval: .seconds(30))
    /// For one address, behind which an office may sit.
    static let address = AttemptLimit(burst: 50, interval: .seconds(6))
}
