package import Diagnostics
package import OAuthModel

/// A metadata document at one URL, with the body for that URL.
package struct MetadataDocument: Sendable {

    package var kind: DocumentKind
    /// Its `resource` or `issuer`, which clients compare with the URL they started from.
    package var identifier: String
    package var host: String
    package var path: String
    /// Compact JSON.
    package var body: String
    /// Strong entity tag with its quotes, of the body's SHA-256.
    package var etag: String
    package var reason: String
    package var origins: [Span]
}
