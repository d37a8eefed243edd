/// The metadata documents that clients discover a deployment by.
package enum DocumentKind: String, Hashable, Sendable, CaseIterable {
    /// RFC 9728.
    case protectedResource
    /// RFC 8414.
    case authorizationServer
    /// OpenID Connect Discovery 1.0.
    case openIDConfiguration
}
