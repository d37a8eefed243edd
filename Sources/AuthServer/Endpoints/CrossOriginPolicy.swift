import HTTPServer
import RuntimeConfig

/// Which pages may read the answers of the endpoints that programs call (Fetch §3.2). Pages that people see are for
/// no script of another origin, so those endpoints say nothing.
struct CrossOriginPolicy: Sendable {
    private let origins: Set<String>
    private static let exposed = "WWW-Authenticate, Retry-After, Mcp-Session-Id"

    init(_ resources: [RuntimeConfig.Resource]) {
        origins = Set(resources.flatMap(\.allowedOrigins))
    }

    /// The answer to a preflight; nil for any other request.
    func preflight(_ request: HTTPRequest, for readers: EndpointReaders) -> HTTPResponse? {
        guard request.method == .options else { return nil }
        if readers == .everybody {
            return HTTPResponse(
                204,
                headers: ["Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS"])
        }
        guard readers == .programs, request.headers["Access-Control-Request-Method"] != nil else { return nil }
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

    /// The answer to every `OPTIONS` of a transport, to which nginx leads none of them. The verification has judged the
    /// origin already, or nginx puts the headers on itself and hides these.
    ///
    /// The MCP server is not asked, so what it wants to read is not known: the page may send what it asks for. The
    /// request that follows brings a token or is refused.
    static func transportPreflight(_ request: HTTPRequest) -> HTTPResponse {
        var response = HTTPResponse(204, headers: ["Allow": transportMethods, "Cache-Control": "no-store"])
        guard let origin = request.headers[VerificationContract.origin] else { return response }
        response.headers.add("Access-Control-Allow-Origin", origin)
        response.headers.add("Access-Control-Allow-Methods", transportMethods)
        if let names = request.headers["Access-Control-Request-Headers"], isListOfNames(names) {
            response.headers.add("Access-Control-Allow-Headers", names)
        }
        response.headers.add("Access-Control-Max-Age", "300")
        response.headers.add("Vary", "Origin, Access-Control-Request-Headers")
        return response
    }

    private static let transportMethods = "GET, POST, DELETE, OPTIONS"

    /// Names of fields with commas between, and no more of them than an answer has room for.
    private static func isListOfNames(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 2_048
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: ",") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            }
    }

    /// Lets a page of an allowed origin read the answer.
    func mark(_ response: inout HTTPResponse, to request: HTTPRequest, for readers: EndpointReaders) {
        guard readers == .programs else { return }
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
