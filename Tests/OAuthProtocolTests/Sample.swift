import OAuthModel
import RuntimeConfig

/// A small deployment for the tests of this target.
enum Sample {
    static func resource(
        _ resource: String = "https://mcp.example.com/mcp", scopes: [String] = ["mcp.tools"],
        origins: [String] = ["https://app.example.com"]
    ) -> RuntimeConfig.Resource {
        RuntimeConfig.Resource(
            name: "mcp", resource: resource,
            metadataURL: "https://mcp.example.com/.well-known/oauth-protected-resource/mcp", scopes: scopes,
            clientID: "cid_1", allowedOrigins: origins)
    }

    static func document(_ body: String, _ places: (String, String)...) -> RuntimeConfig.Document {
        RuntimeConfig.Document(
            kind: .protectedResource, body: body, etag: "\"\(body.utf8.count)\"",
            locations: places.map { RuntimeConfig.Document.Location(host: $0.0, path: $0.1) })
    }
}
