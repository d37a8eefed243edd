import Cryptography
import OAuthStores

/// Why the signing keys cannot be used.
enum KeyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case store(StoreFailure)
    case cryptography(CryptographyError)
    /// No key that may sign can be opened: the seal is of another master key or of another issuer.
    case sealed

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
