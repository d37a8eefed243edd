import RuntimeConfig

/// How long a signing key waits, signs, and is remembered.
struct KeyPolicy: Hashable, Sendable {
    /// How long a resource server may keep our key set without asking again; the set is served with this `max-age`.
    var cacheTime = Duration.seconds(300)
    /// The most that a process may take to see what another one wrote into the store.
    var propagation = Duration.seconds(60)
    /// The longest life of anything that is signed. A day at least, so that a config with a shorter life does not take
    /// away the key of tokens from before.
    var tokenLifetime = Duration.seconds(86_400)
    /// How long a key signs before the next one takes over.
    var term = Duration.seconds(90 * 86_400)
    /// The most keys of a published set.
    var limit = 16

    /// From the making of a key to its first signature.
    var notice: Duration { cacheTime + propagation }
    /// From the last signature of a key to its end.
    var remembrance: Duration { propagation + tokenLifetime }
}

extension KeyPolicy {
    init(_ tokens: RuntimeConfig.Tokens) {
        self.init()
        tokenLifetime = max(tokenLifetime, .seconds(tokens.accessLifetime))
    }
}
