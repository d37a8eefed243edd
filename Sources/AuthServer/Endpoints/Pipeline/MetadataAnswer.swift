import HTTPServer
import OAuthProtocol

/// How a metadata document is served: cacheable for five minutes, readable by every web page, since it is public
/// (RFC 8414 §3, RFC 9728 §3).
struct MetadataAnswer {
    let document: MetadataCatalogue.Document

    private static let methods: [HTTPMethod] = [.get, .head, .options]

    func response(to request: HTTPRequest) -> HTTPResponse {
        switch request.method {
        case .get, .head: isKnown(to: request) ? HTTPResponse(304, headers: validators) : found
        case .options: Self.preflight
        default: CommonAnswers.methodNotAllowed(Self.methods)
        }
    }

    private func isKnown(to request: HTTPRequest) -> Bool {
        let fields = request.headers.values(of: "If-None-Match")
        return !fields.isEmpty
            && EntityTag.isNoneMatch(fields.joined(separator: ", "), satisfiedBy: document.etag)
    }

    private var validators: HTTPHeaders {
        [
            "Cache-Control": "public, max-age=300", "ETag": document.etag, "Access-Control-Allow-Origin": "*",
            "X-Content-Type-Options": "nosniff",
        ]
    }

    private var found: HTTPResponse {
        var headers = validators
        headers.add("Content-Type", "application/json")
        return HTTPResponse(200, headers: headers, body: document.body)
    }

    /// Clients in browsers send the protocol's version with their discovery, which makes the browser ask first.
    private static let preflight = HTTPResponse(
        204,
        headers: [
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": methods.map(\.rawValue).joined(separator: ", "),
            "Access-Control-Allow-Headers": "Authorization, Content-Type, MCP-Protocol-Version",
            "Access-Control-Max-Age": "300",
        ])
}
