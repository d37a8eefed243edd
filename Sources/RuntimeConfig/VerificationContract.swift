/// How nginx asks the server whether a request may pass (`auth_request`), and what it is told: the names that the
/// generated locations and the server's private listener share.
package enum VerificationContract {
    /// Path on the private listener.
    package static let path = "/_verify"
    /// Path on the private listener where nginx has `OPTIONS` answered with 204, so that no preflight reaches an MCP
    /// server.
    package static let preflightPath = "/_preflight"

    /// Request: the resource that the location guards, byte for byte; and behind a space each, those whose clients come
    /// there too.
    package static let resource = "X-MCP-Resource"
    /// Request: the method of the client's request; the check itself is always a GET.
    package static let originalMethod = "X-Original-Method"
    /// Request: the target of the client's request as it came, which is what the application will read.
    package static let originalTarget = "X-Original-URI"

    /// Answer 200: whose token it is, who issued it, its client, its scopes. The application gets them by these names.
    package static let subject = "X-MCP-Subject"
    package static let issuer = "X-MCP-Issuer"
    package static let client = "X-MCP-Client"
    package static let scopes = "X-MCP-Scopes"
    /// Answer 403: what the client shall read in `WWW-Authenticate`. Answer 200: the same for the case that the
    /// application answers 401, whose own challenge leads nowhere.
    package static let challenge = "X-MCP-Challenge"
    /// Answer 200 to a token of the application's own: the `Authorization` that was judged, and that the application
    /// gets.
    package static let authorization = "X-MCP-Authorization"
    /// Answer 204, to a preflight: the origin that may read its answer, which nginx hands on to `preflightPath`.
    package static let origin = "X-MCP-Origin"
}
