/// How nginx asks the server whether a request may pass (`auth_request`), and what it is told: the names that the
/// generated locations and the server's private listener share.
package enum VerificationContract {
    /// Path on the private listener.
    package static let path = "/_verify"
    /// Path on the private listener where nginx, as the owner of CORS, has preflights answered with 204.
    package static let preflightPath = "/_preflight"

    /// Request: the resource that the location guards, byte for byte.
    package static let resource = "X-MCP-Resource"
    /// Request: the method of the client's request; the check itself is always a GET.
    package static let originalMethod = "X-Original-Method"

    /// Answer 200: whose token it is, who issued it, its client, its scopes. The application gets them by these names.
    package static let subject = "X-MCP-Subject"
    package static let issuer = "X-MCP-Issuer"
    package static let client = "X-MCP-Client"
    package static let scopes = "X-MCP-Scopes"
    /// Answer 403: what the client shall read in `WWW-Authenticate`.
    package static let challenge = "X-MCP-Challenge"
}
