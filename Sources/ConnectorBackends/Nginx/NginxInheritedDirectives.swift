import ConfigLanguages
import ConnectorPlan

/// What a location says so that nothing that it inherits from the site changes what it does.
///
/// A location inherits whatever the server block and the http block around it say and it does not say itself. Some of
/// that opens a transport without a token (`satisfy any`, a cache, `error_page 401` with `proxy_intercept_errors`),
/// some shuts the endpoints (`auth_basic`, `deny all`), some copies tokens elsewhere (`mirror`).
/// `docs/nginx-inheritance.md` goes through all directives, and says of each that is not here why it does no harm or
/// that the runbook names it; the tests try each of them.
///
/// Directives whose values add up to a list (`add_header`, `proxy_hide_header`, `error_page`) are inherited by
/// locations that have none of their own: there one that does nothing keeps the others out.
struct NginxInheritedDirectives {
    /// Answered by nginx itself, from a literal.
    let answered: [NginxDirective]
    /// Documents that another server has.
    let proxiedDocument: [NginxDirective]
    /// Endpoints of `connectorgen-auth`, the pages of the sign-in among them.
    let endpoint: [NginxDirective]
    /// The subrequest to the verifier.
    let verification: [NginxDirective]
    /// The way to an MCP server whose callers nginx verifies.
    let verifiedTransport: [NginxDirective]
    /// The same where the MCP server verifies for itself.
    let transport: [NginxDirective]
    /// Certificate challenges, which are the site's own but must be open to everybody.
    let challenge: [NginxDirective]

    /// `mergesHeaders` as the oldest nginx that is to take the output.
    init(mergesHeaders: Bool) {
        let alone = mergesHeaders ? [NginxDirective("add_header_inherit", ["off"])] : []
        answered = Self.plainAnswer
        proxiedDocument = Self.open + Self.proxied + Self.wholeRequest + Self.ownHeaders + alone
        endpoint =
            Self.open + Self.proxied + Self.wholeRequest + Self.ownHeaders + alone + Self.ownCookies + Self.body
        verification = Self.upstream + Self.subrequest
        verifiedTransport = Self.guarded + Self.proxied + Self.wholeRequest + Self.stream
        transport = [NginxDirective("auth_request", ["off"])] + verifiedTransport
        challenge = Self.open
    }

    /// Whatever keeps people out of the site does not keep clients out of what has to be public.
    private static let open = [
        NginxDirective("auth_basic", ["off"]), NginxDirective("auth_request", ["off"]),
        NginxDirective("allow", ["all"]),
    ]

    /// Where the token decides: an address or a password of the site is not enough, and a password is not asked for,
    /// since it would come in the header of the token. Rules of addresses stay: they can only shut more.
    private static let guarded = [NginxDirective("satisfy", ["all"]), NginxDirective("auth_basic", ["off"])]

    /// Nothing is written into an answer, and no time to live is put on it.
    private static let plainAnswer = [
        NginxDirective("expires", ["off"]), NginxDirective("charset", ["off"]), NginxDirective("ssi", ["off"]),
    ]

    /// Every answer is the upstream's own to this request, and every request is sent once, to it alone, from here. A
    /// head of an answer may be as large as the answers of connectorgen-auth get; the sizes go together, or nginx
    /// refuses them. Tokens are written to no temporary file.
    private static let upstream = [
        NginxDirective("proxy_intercept_errors", ["off"]), NginxDirective("proxy_cache", ["off"]),
        NginxDirective("proxy_store", ["off"]), NginxDirective("proxy_bind", ["off"]),
        NginxDirective("proxy_next_upstream", ["error", "timeout"]),
        NginxDirective("proxy_buffer_size", ["16k"]), NginxDirective("proxy_buffers", ["8", "16k"]),
        NginxDirective("proxy_busy_buffers_size", ["32k"]), NginxDirective("proxy_temp_file_write_size", ["32k"]),
        NginxDirective("proxy_max_temp_file_size", ["0"]),
    ]

    private static let proxied =
        upstream + plainAnswer + [
            // Compressed pages with secrets beside what others put there tell the secrets by their length.
            NginxDirective("gzip", ["off"]),
            NginxDirective("mirror", ["off"]),
            // Limits of the site cannot be switched off; what they refuse is said in JSON.
            NginxDirective("limit_req_status", ["429"]), NginxDirective("limit_conn_status", ["429"]),
            NginxDirective("client_body_in_file_only", ["off"]),
        ]

    private static let wholeRequest = [
        NginxDirective("proxy_method", [.variable(.requestMethod)]),
        NginxDirective("proxy_pass_request_headers", ["on"]), NginxDirective("proxy_pass_request_body", ["on"]),
        NginxDirective("proxy_hide_header", ["X-Accel-Redirect"]),
    ]

    /// A window policy or a content policy of the site breaks the sign-in, and its CORS headers beside ours are two.
    private static let ownHeaders = [NginxDirective("add_header", ["Cross-Origin-Opener-Policy", ""])]

    /// Cookies whose names begin with `__Host-` have the path and the domain that they were given, or none is kept.
    private static let ownCookies = [
        NginxDirective("proxy_cookie_domain", ["off"]), NginxDirective("proxy_cookie_path", ["off"]),
        NginxDirective("proxy_cookie_flags", ["off"]),
    ]

    /// A body is read whole before a connection to the server is taken up.
    private static let body = [NginxDirective("proxy_request_buffering", ["on"])]

    /// The stream ends at the MCP server when its reader is gone.
    private static let stream = [NginxDirective("proxy_ignore_client_abort", ["off"])]

    /// The body of a site's `proxy_set_body` would come behind the subrequest, without a length: the verifier would read
    /// it as the next subrequest on the connection.
    private static let subrequest = [
        NginxDirective("proxy_method", ["GET"]), NginxDirective("proxy_set_body", [""]),
    ]
}
