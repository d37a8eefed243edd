import Cryptography
import OAuthStores

/// Why the signing keys cannot be used.
enum KeyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case store(StoreFailure)
    case cryptography(CryptographyError)
    /// No key that may sign can be opened: the seal is of another master key or of another issuer.
    case sealed

    /// Does what the library may fail at.
    static func wrapping<Value>(_ body: () throws(CryptographyError) -> Value) throws(KeyFailure) -> Value {
        do throws(CryptographyError) { return try body() } catch { throw .cryptography(error) }
    }

    var description: String {
        switch self {
        case .store(let failure): "\(failure)"
        case .cryptography(let error): "signing keys: \(error)"
        case .sealed:
            "the signing keys in the store were made with another master key or for another issuer: restore the key, or "
                + "begin anew with `\(ConnectorgenAuth.name) keys rotate`, after which resource servers need new tokens"
        }
    }
}
