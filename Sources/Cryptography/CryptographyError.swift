/// Why an operation on keys or bytes failed. Nothing in it repeats a value.
package enum CryptographyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kernel gave no random bytes.
    case randomUnavailable
    /// libcrypto or libsodium refused, for want of memory in all likelihood.
    case library(String)
    /// The bytes are not what they should be: a key, a hash, a set of keys.
    case malformed(String)
    /// Well formed and too weak, or so costly that checking it would be an attack.
    case refused(String)

    package var description: String {
        switch self {
        case .randomUnavailable: "the system has no random bytes"
        case .library(let operation): "the library failed to \(operation)"
        case .malformed(let what): "malformed \(what)"
        case .refused(let why): why
        }
    }
}
