package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    /// A metadata document and where it is served: the same bytes that nginx answers from its own copy.
    package struct Document: Hashable, Sendable {
        package struct Location: Hashable, Sendable {
            package var host: String
            package var path: String

            package init(host: String, path: String) {
                self.host = host
                self.path = path
            }
        }

        package var kind: DocumentKind
        /// Compact JSON, kept in the file as an object.
        package var body: String
        package var etag: String
        package var locations: [Location]

        package init(kind: DocumentKind, body: String, etag: String, locations: [Location]) {
            self.kind = kind
            self.body = body
            self.etag = etag
            self.locations = locations
        }
    }
}

package enum DocumentKey: String, RuntimeKey {
    case kind, etag, locations, body
}

package enum LocationKey: String, RuntimeKey {
    case host, path
}

extension RuntimeConfig.Document {
    static let codec = ValueCodec.object(
        Member(DocumentKey.kind, .word, "Which document.", { $0.kind }),
        Member(DocumentKey.etag, .text, "The entity tag of the body, with its quotes (RFC 9110 §8.8.3).", { $0.etag }),
        Member(
            DocumentKey.locations, .list(Location.codec), "Where it is served; nginx answers the same bytes there.",
            { $0.locations }),
        Member(DocumentKey.body, .document, "The document itself.", { $0.body })
    ) { Self(kind: $0, body: $3, etag: $1, locations: $2) }
}

extension RuntimeConfig.Document.Location {
    static let codec = ValueCodec.object(
        Member(LocationKey.host, .text, "A host name, without port.", { $0.host }),
        Member(LocationKey.path, .text(RoutePath.self), "An exact path.", { $0.path })
    ) { Self(host: $0, path: $1) }
}
