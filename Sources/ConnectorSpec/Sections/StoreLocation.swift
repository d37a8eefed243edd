package import OAuthModel

/// `issuer.store:`, where the server keeps grants.
package enum StoreLocation: Hashable, Sendable {
    case sqlite(path: String)
    case postgres(SecretReference)
}
