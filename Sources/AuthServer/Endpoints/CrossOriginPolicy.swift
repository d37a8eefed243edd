import HTTPServer
import RuntimeConfig

/// Which pages may read the answers of the endpoints that programs call (Fetch §3.2). Pages that people see are for
/// no script of another origin, so those endpoints say nothing.
struct CrossOriginPolicy: Sendable {
    private let origins: Set<String>
    private static let open: Set<RuntimeConfig.EndpointName> = [.token, .register, .revoke, .userinfo]
    private static let exposed = "WWW-Authenticate, Retry-After, Mcp-Session-Id"

    init(_ resources: [RuntimeConfig.Resource]) {
        origins = Set(resources.flatMap(\.allowedOrigins))
    }

    /// The answer to a preflight; nil for any other request.
    func preflight(_ request: HTTPRequest, for name: RuntimeConfig.EndpointName) -> HTTPResponse? {
        guard request.method == .options else { return nil }
        if name == .jwks {
            return HTTPResponse(
                204,
                headers: ["Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS"])
        }
        guard Self.open.contains(name), request.headers["Access-Control-Request-Method"] != nil else { return nil }
        var response = HTTPResponse(204, headers: ["Cache-Control": "no-store"])
        if let origin = admitted(request) {
            response.headers.add("Access-Control-Allow-Origin", origin)
            response.headers.add("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
            response.headers.add("Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version")
            response.headers.add("Access-Control-Max-Age", "300")
        }
        response.headers.add("Vary", "Origin")
        return response
    }

    /// Lets a page of an allowed origin read the answer.
    func mark(_ response: inout HTTPResponse, to request: HTTPRequest, for name: RuntimeConfig.EndpointName) {
        guard Self.open.contains(name) else { return }
        if let origin = admitted(request) {
            response.headers.add("Access-Control-Allow-Origin", origin)
            response.headers.add("Access-Control-Expose-Headers", Self.exposed)
        }
        response.headers.add("Vary", "Origin")
    }

    private func admitted(_ request: HTTPRequest) -> String? {
        request.headers["Origin"].flatMap { origins.contains($0) ? $0 : nil }
    }
}
