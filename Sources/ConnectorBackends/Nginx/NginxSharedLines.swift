import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import RuntimeConfig
import WebSyntax

/// What locations have in common, printed once: ten thousand connectors copy bytes.
struct NginxSharedLines {
    /// Asks the verifier's answers into variables; replaces the challenge of an application's 401.
    let verification: NginxLines
    /// What an application learns of a verified caller.
    let identity: NginxLines
    /// No word of a caller, for an application.
    let noIdentity: NginxLines
    /// The same for our own server.
    let noIdentityForServer: NginxLines
    /// Nothing of the sign-in for an application; nil where nobody signs in here and the application verifies.
    private let noCookies: NginxLines
    private let hasSignIn: Bool
    /// The whole question to the verifier but for the resource.
    let question: NginxLines
    let endpoint: NginxLines
    /// Behind `endpoint`, for requests whose query holds codes and states.
    let unlogged: NginxLines
    let document: NginxLines
    /// Refuses whoever would do more than read.
    let readOnly: NginxLines
    let proxiedDocument: NginxLines
    let hiddenCORS: NginxLines
    /// What is inherited and must not be.
    let inherited: NginxInheritedDirectives
    private let noTypes: NginxLines
    private let errorPages: [ErrorPages: NginxLines]
    private let streams: [Stream: NginxLines]
    private let tls: [String: NginxLines]

    private struct Stream: Hashable {
        let readTimeout: Int
        let maxBody: Int

        init(_ resource: ResourcePlan) {
            readTimeout = resource.readTimeout
            maxBody = resource.maxBody
        }
    }

    private struct ErrorPages: Hashable {
        let isVerified: Bool
        let list: Int?
    }

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan, _ origins: NginxOriginMaps) throws(Unrepresentable) {
        func lines(_ directives: [NginxDirective]) -> NginxLines { NginxPrinter.lines(depth: 1, directives) }
        let headers = nginx.version < SoftwareVersion(1, 29, 3) ? [] : [NginxDirective("add_header_inherit", ["merge"])]
        inherited = NginxInheritedDirectives(nginx.version)
        verification = lines(Self.verificationDirectives + headers)
        identity = lines(IdentityHeaders.set)
        noIdentity = lines(IdentityHeaders.blanked)
        noIdentityForServer = lines(IdentityHeaders.blankedForServer)
        question = lines(try Self.questionDirectives(nginx))
        noCookies = lines(IdentityHeaders.noCookies)
        hasSignIn = plan.issuer.isBundled
        endpoint = lines(try Self.endpointDirectives(origins.endpointList))
        unlogged = lines([NginxDirective("access_log", ["off"])])
        document = lines(headers + Self.documentDirectives)
        readOnly = lines(NginxErrorAnswer.readOnly + [try NginxErrorAnswer.notAllowed.page(nil)])
        proxiedDocument = lines(try [NginxErrorAnswer.unavailable.page(origins.endpointList)] + Self.timeouts)
        hiddenCORS = lines(Self.corsHeaders.map { NginxDirective("proxy_hide_header", [$0]) })
        noTypes = lines([NginxDirective("types", block: NginxBlock())])
        var errorPages: [ErrorPages: NginxLines] = [:]
        for resource in plan.resources {
            let key = ErrorPages(isVerified: resource.verification == .edge, list: origins.list(of: resource))
            if errorPages[key] != nil { continue }
            var pages: [NginxDirective] = []
            for answer in NginxErrorAnswer.ofTransport(isVerified: key.isVerified) {
                pages.append(try answer.page(key.list))
            }
            errorPages[key] = lines(pages)
        }
        self.errorPages = errorPages
        var streams: [Stream: NginxLines] = [:]
        for resource in plan.resources where streams[Stream(resource)] == nil {
            streams[Stream(resource)] = lines(Self.streamDirectives(resource))
        }
        self.streams = streams
        var tls: [String: NginxLines] = [:]
        for upstream in nginx.upstreams where upstream.isTLS {
            tls[upstream.name] = lines(try Self.tlsDirectives(upstream))
        }
        self.tls = tls
    }

    func stream(_ resource: ResourcePlan) -> NginxLines? { streams[Stream(resource)] }

    /// What nginx says itself of a request to a transport that goes no further.
    func errorPages(_ resource: ResourcePlan, _ origins: NginxOriginMaps) -> NginxLines? {
        errorPages[ErrorPages(isVerified: resource.verification == .edge, list: origins.list(of: resource))]
    }

    /// An application that verifies for itself while another server signs people in may have pages and cookies of its
    /// own below its path, and none of ours can come to it.
    func noCookies(_ resource: ResourcePlan) -> NginxLines? {
        hasSignIn || resource.verification == .edge ? noCookies : nil
    }

    /// The lines that check the upstream's certificate, where nginx speaks TLS to it.
    func tls(_ upstream: String) -> NginxLines? { tls[upstream] }

    /// nginx takes the type of `return` from the path's extension, where it has one, before `default_type`.
    func noTypes(for path: String) -> NginxLines? {
        let file = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8[$0...] } ?? path.utf8[...]
        return file.contains(UInt8(ascii: ".")) ? noTypes : nil
    }
}

extension NginxSharedLines {
    private static let timeouts = [
        NginxDirective("proxy_connect_timeout", ["5s"]), NginxDirective("proxy_read_timeout", ["60s"]),
        NginxDirective("proxy_send_timeout", ["60s"]),
    ]

    private static let verificationDirectives =
        IdentityHeaders.verified.map {
            NginxDirective("auth_request_set", [.variable($0.variable), .variable($0.answer)])
        } + [
            NginxDirective(
                "auth_request_set", [.variable(IdentityHeaders.challenge), .variable(IdentityHeaders.challengeAnswer)]),
            NginxDirective(
                "auth_request_set",
                [.variable(IdentityHeaders.originVariable), .variable(IdentityHeaders.originAnswer)]),
        ] + NginxChallengeMap.directives

    private static func questionDirectives(_ nginx: NginxPlan) throws(Unrepresentable) -> [NginxDirective] {
        let target = try NginxArgument.literal("http://\(nginx.authPrivateUpstream)\(VerificationContract.path)")
        return [
            NginxDirective("internal"),
            NginxDirective("proxy_pass", [target]),
            NginxDirective("proxy_pass_request_body", ["off"]),
            NginxDirective("proxy_set_header", ["Content-Length", ""]),
            // Nothing of the client's but what the verifier reads: no number of fields, no size and no odd byte in one of
            // them can make the check fail, which would be 503 for a good token.
            NginxDirective("proxy_pass_request_headers", ["off"]),
            NginxDirective("proxy_set_header", ["Authorization", .variable(NginxVariable("http_authorization"))]),
            NginxDirective("proxy_set_header", ["Origin", .variable(.origin)]),
            NginxDirective(
                "proxy_set_header",
                [
                    "Access-Control-Request-Method",
                    .variable(NginxVariable("http_access_control_request_method")),
                ]),
            NginxDirective("proxy_set_header", [IdentityHeaders.originalMethod, .variable(.requestMethod)]),
            // The target as the application will read it, which the verifier judges: nginx has chosen the location, and so
            // the resource, by the path that it has decoded and resolved.
            NginxDirective(
                "proxy_set_header",
                [
                    NginxArgument(headerName: VerificationContract.originalTarget),
                    .variable(NginxVariable("request_uri")),
                ]),
            // A subrequest is held against this limit as well; the location that asks has held it already.
            NginxDirective("client_max_body_size", ["0"]),
            NginxDirective("proxy_connect_timeout", ["5s"]),
            NginxDirective("proxy_read_timeout", ["10s"]),
            NginxDirective("proxy_send_timeout", ["10s"]),
        ]
    }

    private static func endpointDirectives(_ list: Int?) throws(Unrepresentable) -> [NginxDirective] {
        // A body that fits the buffer is written to no file, and goes to the server in one piece.
        var directives = [
            NginxDirective("client_max_body_size", ["64k"]), NginxDirective("client_body_buffer_size", ["64k"]),
        ]
        for answer in NginxErrorAnswer.ofEndpoint { directives.append(try answer.page(list)) }
        return directives + timeouts
    }

    /// For every client, browsers among them, which ask beforehand for the header of the protocol's version.
    private static let documentDirectives = [
        NginxDirective("default_type", ["application/json"]),
        NginxDirective("add_header", ["Cache-Control", "public, max-age=300", "always"]),
        NginxDirective("add_header", ["Access-Control-Allow-Origin", "*", "always"]),
        NginxDirective("add_header", ["Access-Control-Allow-Methods", NginxErrorAnswer.readingMethods, "always"]),
        NginxDirective(
            "add_header",
            ["Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version", "always"]),
        NginxDirective("add_header", ["X-Content-Type-Options", "nosniff", "always"]),
    ]

    /// An event stream goes through as it comes, and may be silent for as long as the spec allows.
    private static func streamDirectives(_ resource: ResourcePlan) -> [NginxDirective] {
        [
            NginxDirective("proxy_buffering", ["off"]),
            NginxDirective("proxy_connect_timeout", ["5s"]),
            NginxDirective("proxy_read_timeout", [.seconds(resource.readTimeout)]),
            NginxDirective("proxy_send_timeout", [.seconds(resource.readTimeout)]),
            NginxDirective("client_max_body_size", [.size(resource.maxBody)]),
        ]
    }

    static let corsHeaders: [NginxArgument] = [
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    ]

    /// By default nginx sends no name and checks no certificate.
    private static func tlsDirectives(_ upstream: UpstreamPlan) throws(Unrepresentable) -> [NginxDirective] {
        guard case .tcp(let host, _) = upstream.address else { return [] }
        return [
            NginxDirective("proxy_ssl_server_name", ["on"]),
            NginxDirective("proxy_ssl_name", [try .literal(host)]),
            NginxDirective("proxy_ssl_verify", ["on"]),
            NginxDirective("proxy_ssl_verify_depth", ["3"]),
            NginxDirective("proxy_ssl_trusted_certificate", ["/etc/ssl/certs/ca-certificates.crt"]),
        ]
    }
}
