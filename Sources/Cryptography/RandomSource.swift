import CCryptography

/// Where unpredictable bytes come from; tests bring a seeded one.
package protocol RandomSource: Sendable {
    func bytes(_ count: Int) throws(CryptographyError) -> [UInt8]
}

/// The kernel's generator. It is asked each time, so neither a fork nor a restored machine image repeats bytes.
package struct SystemRandom: RandomSource {
    package init() {}

    package func bytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        var isDone = false
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { output, initialized in
            isDone = cg_random(output.baseAddress, max(0, count))
            initialized = isDone ? max(0, count) : 0
        }
        guard isDone else { throw .randomUnavailable }
        return bytes
    }
}
