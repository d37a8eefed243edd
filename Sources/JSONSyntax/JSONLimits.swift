/// What a parser takes at most; hostile input ends there with a ``JSONError``.
package struct JSONLimits: Hashable, Sendable {
    /// Arrays and objects inside one another. The parser recurses, so this also bounds its stack.
    package let depth: Int
    /// Length of the whole text in bytes.
    package let bytes: Int

    package init(depth: Int = 64, bytes: Int = 64 << 20) {
        self.depth = depth
        self.bytes = bytes
    }
}
